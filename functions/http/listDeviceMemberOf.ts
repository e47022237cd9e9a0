import { listDeviceMemberOf } from '../../shared/operations/listDeviceMemberOf.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** GET /devices/{id}/memberOf */
export const register: Register = (app, services) => bind(app, listDeviceMemberOf, services);
