import { listDeviceRegisteredOwners } from '../../shared/operations/listDeviceRegisteredOwners.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** GET /devices/{id}/registeredOwners */
export const register: Register = (app, services) => bind(app, listDeviceRegisteredOwners, services);
