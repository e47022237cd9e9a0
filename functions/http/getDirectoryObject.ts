import { getDirectoryObject } from '../../shared/operations/getDirectoryObject.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** GET /directoryObjects/{id} */
export const register: Register = (app, services) => bind(app, getDirectoryObject, services);
