import { createDevice } from '../../shared/operations/createDevice.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** POST /devices */
export const register: Register = (app, services) => bind(app, createDevice, services);
