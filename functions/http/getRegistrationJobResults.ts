import { getRegistrationJobResults } from '../../shared/bulk/operations/getRegistrationJobResults.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** GET /registrationJobs/{id}/results */
export const register: Register = (app, services) => bind(app, getRegistrationJobResults, services);
