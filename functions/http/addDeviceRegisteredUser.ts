import { addDeviceRegisteredUser } from '../../shared/operations/addDeviceRegisteredUser.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** POST /devices/{id}/registeredUsers/$ref, and /devices(deviceId='{deviceId}')/… */
export const register: Register = (app, services) => bind(app, addDeviceRegisteredUser, services);
