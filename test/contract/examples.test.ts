import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import examples from '../../shared/contract/generated/examples.json' with { type: 'json' };
import { derive } from '../../tools/derive/derive.ts';
import { openHost } from '../support/openHost.ts';
import { differencesInKind, type Example } from '../support/example.ts';
import { send } from '../support/send.ts';
import type { Target } from '../support/target.ts';

let target: Target;
beforeEach(async () => {
  target = await openHost();
});
afterEach(() => target.stop());

/** The id that our pages show for a device; the real one is not known before it is created. */
const shownId = '2f5d8a3e-6c1b-4d0f-9a77-0b1c2d3e4f50';

/** Plays examples one after the other; @returns what differs, under the name of the example. */
async function playAll(list: readonly Example[]): Promise<string[]> {
  const differences: string[] = [];
  let deviceId = shownId;
  for (const { page, line, request, response } of list) {
    const headers = Object.fromEntries([['authorization', 'Bearer adele'], ...request.headers]) as Record<
      string,
      string
    >;
    delete headers['Content-length'];
    const answer = await send(target.base, {
      method: request.method,
      path: request.path.replace(shownId, deviceId),
      headers,
      ...(request.body !== undefined && { body: request.body }),
    });
    if (request.path.endsWith('/devices')) deviceId = (JSON.parse(answer.text) as { id: string }).id;
    differences.push(...differencesInKind(response, answer).map((difference) => `${page}:${line} ${difference}`));
  }
  return differences;
}

/** A page that creates comes before those that read what it created. */
const order = [
  'createDevice',
  'getDevice',
  'createMyRegisteredDevice',
  'createUserRegisteredDevice',
  'addDeviceRegisteredUser',
  'addDeviceRegisteredOwner',
  'listMyRegisteredDevices',
  'listUserRegisteredDevices',
  'getMe',
  'getUser',
  'updateDevice',
];

test('every example of the documentation gets the answer that its page shows', async () => {
  // Those of jobs need storage: test/bulk/jobs.test.ts.
  const ofDirectory = (examples as unknown as Example[]).filter(
    ({ operation }) => !operation.includes('RegistrationJob'),
  );
  const sorted = ofDirectory.sort((a, b) => order.indexOf(a.operation) - order.indexOf(b.operation));
  expect(sorted.every(({ operation }) => order.includes(operation))).toBe(true);
  expect(await playAll(sorted)).toEqual([]);
});

const seeds = '../shared/seeds';
const seedTest = existsSync(seeds) ? test : test.skip;
seedTest('the pages that the product began with are answered as they say, byte for byte', async () => {
  const pages = readdirSync(seeds).map((name) => ({ path: name, text: readFileSync(join(seeds, name), 'utf8') }));
  const derived = derive(pages);
  const list = derived.examples as unknown as Example[];
  expect(list).toHaveLength(2);
  expect(await playAll(list)).toEqual([]);
});
