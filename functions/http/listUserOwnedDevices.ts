import { listUserOwnedDevices } from '../../shared/operations/listUserOwnedDevices.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** GET /users/{usersId}/ownedDevices */
export const register: Register = (app, services) => bind(app, listUserOwnedDevices, services);
