import { getDeviceMemberObjects } from '../../shared/operations/getDeviceMemberObjects.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** POST /devices/{id}/getMemberObjects */
export const register: Register = (app, services) => bind(app, getDeviceMemberObjects, services);
