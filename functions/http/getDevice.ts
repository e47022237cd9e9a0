import { getDevice } from '../../shared/operations/getDevice.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** GET /devices/{id}, and /devices(deviceId='{deviceId}') */
export const register: Register = (app, services) => bind(app, getDevice, services);
