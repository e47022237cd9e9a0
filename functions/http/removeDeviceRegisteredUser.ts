import { removeDeviceRegisteredUser } from '../../shared/operations/removeDeviceRegisteredUser.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** DELETE /devices/{id}/registeredUsers/{userId}/$ref */
export const register: Register = (app, services) => bind(app, removeDeviceRegisteredUser, services);
