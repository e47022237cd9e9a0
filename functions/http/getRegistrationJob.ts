import { getRegistrationJob } from '../../shared/bulk/operations/getRegistrationJob.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** GET /registrationJobs/{id} */
export const register: Register = (app, services) => bind(app, getRegistrationJob, services);
