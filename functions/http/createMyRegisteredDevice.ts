import { createMyRegisteredDevice } from '../../shared/operations/createMyRegisteredDevice.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** POST /me/registeredDevices/$ref */
export const register: Register = (app, services) => bind(app, createMyRegisteredDevice, services);
