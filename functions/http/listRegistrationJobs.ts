import { listRegistrationJobs } from '../../shared/bulk/operations/listRegistrationJobs.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** GET /registrationJobs */
export const register: Register = (app, services) => bind(app, listRegistrationJobs, services);
