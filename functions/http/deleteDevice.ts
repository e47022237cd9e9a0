import { deleteDevice } from '../../shared/operations/deleteDevice.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** DELETE /devices/{id} */
export const register: Register = (app, services) => bind(app, deleteDevice, services);
