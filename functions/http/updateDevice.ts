import { updateDevice } from '../../shared/operations/updateDevice.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** PATCH /devices/{id} */
export const register: Register = (app, services) => bind(app, updateDevice, services);
