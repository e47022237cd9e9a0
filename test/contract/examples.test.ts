import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import examples from '../../shared/contract/generated/examples.json' with { type: 'json' };
import { derive } from '../../tools/derive/derive.ts';
import { openHost } from '../support/openHost.ts';
import { differencesInKind, type Example } from '../support/example.ts';
import { send } from '../support/send.ts';
import { unsignedToken } from '../support/tokens.ts';
import type { Target } from '../support/target.ts';

let target: Target;
beforeEach(async () => {
  target = await openHost();
});
afterEach(() => target.stop());

/** The ids that our pages show for what they create; the real ones are not known before. */
const shownIds: Readonly<Record<string, string>> = {
  createDevice: '2f5d8a3e-6c1b-4d0f-9a77-0b1c2d3e4f50',
  createMyRegisteredDevice: '98b7e341-e341-98b7-41e3-b79841e3b798',
};

/** Who reads what belongs to the user of our pages. */
const owner = unsignedToken({ scp: 'User.Read', oid: '7f0c5b1e-0b7e-4c35-9f4b-0d5d6a7b8c9d' });
const callerOf = (operation: string): string => (operation === 'listMyOwnedDevices' ? owner : 'adele');

/** Plays examples one after the other; @returns what differs, under the name of the example. */
async function playAll(list: readonly Example[]): Promise<string[]> {
  const differences: string[] = [];
  const real = new Map<string, string>();
  const inReality = (text: string): string => [...real].reduce((told, [shown, id]) => told.replaceAll(shown, id), text);
  for (const { operation, page, line, request, response } of list) {
    const headers = Object.fromEntries([
      ['authorization', `Bearer ${callerOf(operation)}`],
      ...request.headers,
    ]) as Record<string, string>;
    delete headers['Content-length'];
    const answer = await send(target.base, {
      method: request.method,
      path: inReality(request.path).replaceAll(' ', '%20'),
      headers,
      ...(request.body !== undefined && { body: inReality(request.body) }),
    });
    const shownId = shownIds[operation];
    if (shownId !== undefined && !real.has(shownId)) real.set(shownId, (JSON.parse(answer.text) as { id: string }).id);
    differences.push(...differencesInKind(response, answer).map((difference) => `${page}:${line} ${difference}`));
  }
  return differences;
}

/** A page that creates comes before those that read what it created, and those that remove come last. */
const order = [
  'createDevice',
  'getDevice',
  'listDevices',
  'createMyRegisteredDevice',
  'createUserRegisteredDevice',
  'addDeviceRegisteredUser',
  'addDeviceRegisteredOwner',
  'listDeviceRegisteredUsers',
  'listDeviceRegisteredOwners',
  'listMyRegisteredDevices',
  'listUserRegisteredDevices',
  'listMyOwnedDevices',
  'listUserOwnedDevices',
  'listDeviceMemberOf',
  'listDeviceTransitiveMemberOf',
  'checkDeviceMemberGroups',
  'checkDeviceMemberObjects',
  'getDeviceMemberGroups',
  'getDeviceMemberObjects',
  'getDirectoryObject',
  'getDirectoryObjectsByIds',
  'getMe',
  'getUser',
  'updateDevice',
  'batch',
  'removeDeviceRegisteredUser',
  'removeDeviceRegisteredOwner',
  'deleteDirectoryObject',
  'deleteDevice',
];

test('every example of the documentation gets the answer that its page shows', async () => {
  // Those of jobs need storage: test/bulk/examples.test.ts.
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
