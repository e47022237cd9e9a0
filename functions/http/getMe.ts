import { getMe } from '../../shared/operations/getMe.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** GET /me */
export const register: Register = (app, services) => bind(app, getMe, services);
