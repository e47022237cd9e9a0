import { cancelRegistrationJob } from '../../shared/bulk/operations/cancelRegistrationJob.ts';
import { bind } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** POST /registrationJobs/{id}/cancel */
export const register: Register = (app, services) => bind(app, cancelRegistrationJob, services);
