import { checkDeviceMemberGroups } from '../../shared/operations/checkDeviceMemberGroups.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** POST /devices/{id}/checkMemberGroups */
export const register: Register = (app, services) => bind(app, checkDeviceMemberGroups, services);
