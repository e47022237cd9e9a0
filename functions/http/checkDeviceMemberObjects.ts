import { checkDeviceMemberObjects } from '../../shared/operations/checkDeviceMemberObjects.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** POST /devices/{id}/checkMemberObjects */
export const register: Register = (app, services) => bind(app, checkDeviceMemberObjects, services);
