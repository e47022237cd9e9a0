import { removeDeviceRegisteredOwner } from '../../shared/operations/removeDeviceRegisteredOwner.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** DELETE /devices/{id}/registeredOwners/{userId}/$ref */
export const register: Register = (app, services) => bind(app, removeDeviceRegisteredOwner, services);
