import { batch } from '../../shared/operations/batch.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** POST /$batch */
export const register: Register = (app, services) => bind(app, batch, services);
