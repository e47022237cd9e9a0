import { localApp } from '../../../host/app.ts';
import { readHostJson } from '../../../host/hostJson.ts';
import { startTriggers } from '../../../host/triggers/start.ts';

/**
 * A host with one queue function, in a process of its own. Arguments: host.json, and `hang` for a function that never comes to its end.
 * What happens goes to standard output, line by line.
 */
const [hostJson = '', manner] = process.argv.slice(2);
const { AzureWebJobsStorage: connectionString, QUEUE: queueName = '' } = process.env;

const app = localApp();
app.storageQueue('worker', {
  queueName,
  connection: 'AzureWebJobsStorage',
  handler: async (input, { triggerMetadata }) => {
    console.log(`begins ${JSON.stringify(input)} ${String(triggerMetadata?.dequeueCount)}`);
    if (manner === 'hang') await new Promise(() => undefined);
  },
});
app.timer('nightly', { schedule: '0 0 2 * * *', runOnStartup: true, handler: () => console.log('nightly') });

const triggers = startTriggers(app, {
  hostJson: readHostJson(hostJson),
  settings: process.env,
  storage: { connectionString, ready: () => Promise.resolve() },
  log: console.log,
  hiddenMs: 2000,
});
// Without a server nothing else keeps the process.
const alive = setInterval(() => undefined, 60_000);
process.once('SIGTERM', () => {
  void triggers.stop(200).then((finished) => {
    console.log(finished ? 'finished' : 'given up');
    clearInterval(alive);
    if (!finished) process.exit();
  });
});
