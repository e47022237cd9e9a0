import { getDirectoryObjectsByIds } from '../../shared/operations/getDirectoryObjectsByIds.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** POST /directoryObjects/getByIds */
export const register: Register = (app, services) => bind(app, getDirectoryObjectsByIds, services);
