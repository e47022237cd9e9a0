import { listMyOwnedDevices } from '../../shared/operations/listMyOwnedDevices.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** GET /me/ownedDevices */
export const register: Register = (app, services) => bind(app, listMyOwnedDevices, services);
