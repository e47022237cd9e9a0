import { app, type InvocationContext } from '@azure/functions';
import { bindQueue } from '../../functions/bindings/queue.ts';
import { bindTimer } from '../../functions/bindings/timer.ts';

/** Functions on timers and queues, on the real library: as it hands things over, and as our bindings do. `GET seen` tells what came. */
const seen: unknown[] = [];

app.timer('timer', {
  schedule: '0 0 2 * * *',
  runOnStartup: true,
  handler: (timer) => void seen.push({ timer }),
});
app.storageQueue('queue', {
  queueName: 'ranges',
  connection: 'AzureWebJobsStorage',
  handler: (input, { triggerMetadata }: InvocationContext) => void seen.push({ input, triggerMetadata }),
});

bindTimer(app, 'boundTimer', '%NIGHTLY%', (due) => {
  seen.push({ due });
  return Promise.resolve();
});
bindQueue(app, 'boundQueue', { queueName: '%RANGES%', connection: 'AzureWebJobsStorage' }, (taken, { traceParent }) => {
  if (taken.message.fails === true) throw new Error('as the message says');
  seen.push({ taken, traceParent });
  return Promise.resolve();
});

app.http('seen', { methods: ['GET'], handler: () => ({ jsonBody: seen.splice(0) }) });
