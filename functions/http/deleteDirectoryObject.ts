import { deleteDirectoryObject } from '../../shared/operations/deleteDirectoryObject.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** DELETE /directoryObjects/{id} */
export const register: Register = (app, services) => bind(app, deleteDirectoryObject, services);
