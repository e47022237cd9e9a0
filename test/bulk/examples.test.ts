import examples from '../../shared/contract/generated/examples.json' with { type: 'json' };
import { differencesInKind, type Example } from '../support/example.ts';
import { jobClient } from '../support/jobClient.ts';
import { openAzurite, type OpenAzurite } from '../support/openAzurite.ts';
import { openJobsHost, type JobsHost } from '../support/openJobsHost.ts';
import { send } from '../support/send.ts';

let storage: OpenAzurite;
let host: JobsHost;
beforeAll(async () => {
  storage = await openAzurite();
  host = await openJobsHost(storage.connectionString);
});
afterAll(async () => {
  await host.stop();
  await storage.stop();
});

/** A job that is started anew is cancelled while it has hardly begun. */
const order = ['createRegistrationJob', 'getRegistrationJob', 'getRegistrationJobResults', 'listRegistrationJobs'];
const place = ({ operation }: Example): number => (order.includes(operation) ? order.indexOf(operation) : order.length);
const json: [string, string] = ['Content-Type', 'application/json'];
const shownId = '5d0c7a56-1f3e-4b8a-9c52-6e1f0a7b3c4d';

test('every example about jobs gets the answer that its page shows', async () => {
  const ofJobs = (examples as unknown as Example[]).filter(({ operation }) => operation.includes('RegistrationJob'));
  const [first, ...others] = ofJobs.sort((one, other) => place(one) - place(other));
  let job = shownId;
  const play = async ({ page, line, request, response }: Example): Promise<string[]> => {
    const headers = { authorization: 'Bearer adele', ...Object.fromEntries(request.headers) };
    const { method, path, body } = request;
    const answer = await send(host.base, {
      method,
      path: path.replace(shownId, job),
      headers,
      ...(body !== undefined && { body }),
    });
    if (answer.status === 202 && answer.headers.location) job = String(answer.headers.location).split('/').at(-1) ?? '';
    return differencesInKind(response, answer).map((difference) => `${page}:${line} ${difference}`);
  };
  const differences = first ? await play(first) : ['no page says how a job is started'];
  await jobClient(host.base).follow(`/v1.0/registrationJobs/${job}`);
  for (const example of others) {
    if (first && !order.includes(example.operation))
      await play({ ...first, request: { ...first.request, headers: [json] } });
    differences.push(...(await play(example)));
  }
  expect([ofJobs.length > 4, differences]).toEqual([true, []]);
});
