import { createUserRegisteredDevice } from '../../shared/operations/createUserRegisteredDevice.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** POST /users/{usersId}/registeredDevices/$ref */
export const register: Register = (app, services) => bind(app, createUserRegisteredDevice, services);
