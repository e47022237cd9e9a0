import { listDeviceTransitiveMemberOf } from '../../shared/operations/listDeviceTransitiveMemberOf.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** GET /devices/{id}/transitiveMemberOf */
export const register: Register = (app, services) => bind(app, listDeviceTransitiveMemberOf, services);
