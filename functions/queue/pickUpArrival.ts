import { bindSignal } from '../bindings/queue.ts';
import type { Register } from '../bindings/register.ts';

/** Looks into the inbox when Event Grid says that a file has arrived; infra/modules/arrivals.bicep has it say so. */
export const register: Register = (app, services) =>
  bindSignal(
    app,
    'pickUpArrival',
    { queueName: 'registration-arrivals', connection: 'AzureWebJobsStorage' },
    async () => {
      if (services.hasJobs) await (await services.bulk()).pickUp();
    },
  );
