import { listUserRegisteredDevices } from '../../shared/operations/listUserRegisteredDevices.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** GET /users/{usersId}/registeredDevices */
export const register: Register = (app, services) => bind(app, listUserRegisteredDevices, services);
