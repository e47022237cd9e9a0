import { listMyRegisteredDevices } from '../../shared/operations/listMyRegisteredDevices.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** GET /me/registeredDevices */
export const register: Register = (app, services) => bind(app, listMyRegisteredDevices, services);
