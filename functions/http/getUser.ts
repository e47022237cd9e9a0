import { getUser } from '../../shared/operations/getUser.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** GET /users/{usersId} */
export const register: Register = (app, services) => bind(app, getUser, services);
