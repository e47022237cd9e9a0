import { createRegistrationJob } from '../../shared/bulk/operations/createRegistrationJob.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** POST /registrationJobs */
export const register: Register = (app, services) => bind(app, createRegistrationJob, services);
