import { listDevices } from '../../shared/operations/listDevices.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** GET /devices */
export const register: Register = (app, services) => bind(app, listDevices, services);
