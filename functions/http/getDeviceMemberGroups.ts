import { getDeviceMemberGroups } from '../../shared/operations/getDeviceMemberGroups.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** POST /devices/{id}/getMemberGroups */
export const register: Register = (app, services) => bind(app, getDeviceMemberGroups, services);
