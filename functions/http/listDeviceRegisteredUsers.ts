import { listDeviceRegisteredUsers } from '../../shared/operations/listDeviceRegisteredUsers.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** GET /devices/{id}/registeredUsers */
export const register: Register = (app, services) => bind(app, listDeviceRegisteredUsers, services);
