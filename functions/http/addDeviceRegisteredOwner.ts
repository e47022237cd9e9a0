import { addDeviceRegisteredOwner } from '../../shared/operations/addDeviceRegisteredOwner.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** POST /devices/{id}/registeredOwners/$ref, and /devices(deviceId='{deviceId}')/… */
export const register: Register = (app, services) => bind(app, addDeviceRegisteredOwner, services);
