import { randomUUID } from 'node:crypto';
import type { Directory, List, Page } from '../../shared/directory/port.ts';
import { linuxBox } from '../support/devices.ts';

const adele = '7f0c5b1e-0b7e-4c35-9f4b-0d5d6a7b8c9d';
const grady = 'f1d2a3b4-0000-4000-8000-000000000001';
const devices: List = { relation: 'devices' };
const unknown = { code: 'Request_ResourceNotFound' };

const idsIn = ({ value }: Page): string[] => value.map(({ id }) => id);

/** What every directory keeps about lists. */
export function promiseLists(current: () => Directory): void {
  const list = (of: List, text = '', eventual = false): Promise<Page> => current().list(of, { text, eventual });
  const count = (of: List, text = ''): Promise<number> => current().count(of, { text, eventual: true });
  const create = async (changes: Parameters<typeof linuxBox>[0] = {}): Promise<string> =>
    (await current().createDevice(linuxBox(changes))).id;
  const created = async (...names: string[]): Promise<string[]> => {
    const ids: string[] = [];
    for (const displayName of names) ids.push(await create({ displayName }));
    return ids;
  };

  test('an empty list has no next page, and its number is zero', async () => {
    const page = await list(devices);
    expect(page.value).toEqual([]);
    expect(page.next).toBeUndefined();
    expect(await count(devices)).toBe(0);
  });

  test('following the next query leads through all devices, each once, in the order of creation', async () => {
    const ids = await created('a', 'b', 'c', 'd', 'e');
    const found: string[] = [];
    let query: string | undefined = '$top=2';
    for (let pages = 0; query !== undefined && pages < 5; pages += 1) {
      const page: Page = await list(devices, query);
      expect(page.value.length).toBeLessThanOrEqual(2);
      found.push(...idsIn(page));
      query = page.next;
    }
    expect(found).toEqual(ids);
  });

  test('what is removed between two pages is missing, and nothing else', async () => {
    const [first, second, third, fourth] = await created('a', 'b', 'c', 'd');
    const page = await list(devices, '$top=2');
    expect(idsIn(page)).toEqual([first, second]);
    await current().deleteDevice({ id: second ?? '' });
    await current().deleteDevice({ id: third ?? '' });
    expect(idsIn(await list(devices, page.next))).toEqual([fourth]);
  });

  test('a filter, an order, a search and their number agree', async () => {
    const [office, lab, outside] = await created('Office 1', 'Lab 1', 'Office 2');
    expect(idsIn(await list(devices, "$filter=startsWith(displayName,'off')")).toSorted()).toEqual(
      [office, outside].toSorted(),
    );
    const ordered = await list(devices, '$orderby=displayName%20desc&$count=true&$top=2', true);
    expect(ordered.count).toBe(3);
    expect(idsIn(ordered)).toEqual([outside, office]);
    expect(idsIn(await list(devices, ordered.next, true))).toEqual([lab]);
    expect(idsIn(await list(devices, '$search="displayName:lab"', true))).toEqual([lab]);
    expect(await count(devices, "$filter=displayName%20eq%20'LAB%201'")).toBe(1);
  });

  test('what is selected is shown and nothing else, and the page says so', async () => {
    await created('Office 1');
    const page = await list(devices, '$select=displayName,isManaged');
    expect(page.selection).toBe('(displayName,isManaged)');
    expect(page.value[0]?.json.parse()).toEqual({ displayName: 'Office 1', isManaged: null });
  });

  test('a query that cannot be read is refused with its place', async () => {
    await expect(list(devices, '$filter=displayName%20qe%201')).rejects.toMatchObject({
      code: 'BadRequest',
      details: [
        { code: 'InvalidQuery', target: '$filter', message: expect.stringContaining('Character 13') as string },
      ],
    });
    await expect(current().count(devices, { text: '', eventual: false })).rejects.toMatchObject({
      code: 'Request_BadRequest',
    });
  });

  test('a device lists its users and its owners, each for itself', async () => {
    const id = await create();
    await current().addReference({ id }, 'registeredUsers', adele);
    await current().addReference({ id }, 'registeredUsers', grady);
    await current().addReference({ id }, 'registeredOwners', grady);
    const users = await list({ relation: 'registeredUsers', device: { id } });
    expect(users.value.map((user) => [user.id, user.type])).toEqual([
      [adele, 'microsoft.graph.user'],
      [grady, 'microsoft.graph.user'],
    ]);
    expect(idsIn(await list({ relation: 'registeredOwners', device: { id } }))).toEqual([grady]);
    expect(await count({ relation: 'registeredUsers', device: { id } })).toBe(2);
  });

  test('a user owns what they were made the owner of, page by page', async () => {
    const ids = await created('a', 'b', 'c');
    for (const id of ids) await current().addReference({ id }, 'registeredOwners', adele);
    const owned: List = { relation: 'ownedDevices', user: adele };
    const page = await list(owned, '$top=2');
    expect([...idsIn(page), ...idsIn(await list(owned, page.next))]).toEqual(ids);
    expect(await count(owned)).toBe(3);
    expect(idsIn(await list({ relation: 'registeredDevices', user: adele }))).toEqual([]);
  });

  test('the next part of one list is not that of another', async () => {
    const ids = await created('a', 'b');
    for (const id of ids) {
      await current().addReference({ id }, 'registeredOwners', adele);
      await current().addReference({ id }, 'registeredOwners', grady);
    }
    const { next = '' } = await list({ relation: 'ownedDevices', user: adele }, '$top=1');
    const others: List[] = [
      devices,
      { relation: 'ownedDevices', user: grady },
      { relation: 'registeredDevices', user: adele },
      { relation: 'ownedDevices', user: adele, type: 'microsoft.graph.device' },
    ];
    for (const other of others) {
      await expect(list(other, next)).rejects.toMatchObject({ code: 'Directory_ExpiredPageToken', status: 400 });
    }
  });

  test('a list that is cast to a type has only objects of it', async () => {
    const id = await create();
    await current().addReference({ id }, 'registeredUsers', adele);
    const users: List = { relation: 'registeredUsers', device: { id } };
    expect(idsIn(await list({ ...users, type: 'microsoft.graph.user' }))).toEqual([adele]);
    expect(idsIn(await list({ ...users, type: 'microsoft.graph.servicePrincipal' }))).toEqual([]);
    expect(await count({ ...users, type: 'microsoft.graph.endpoint' })).toBe(0);
    const mine: List = { relation: 'registeredDevices', user: adele, type: 'microsoft.graph.device' };
    expect((await list(mine)).value.map((device) => [device.id, device.type])).toEqual([
      [id, 'microsoft.graph.device'],
    ]);
  });

  test('a device that is a member of nothing says so, however it is asked', async () => {
    const id = await create();
    for (const relation of ['memberOf', 'transitiveMemberOf'] as const) {
      expect((await list({ relation, device: { id } })).value).toEqual([]);
      expect(await count({ relation, device: { id }, type: 'microsoft.graph.group' })).toBe(0);
    }
    const groups = [randomUUID()];
    expect(await current().membership({ id }, 'checkMemberGroups', { groupIds: groups })).toEqual([]);
    expect(await current().membership({ id }, 'checkMemberObjects', { ids: groups })).toEqual([]);
    expect(await current().membership({ id }, 'getMemberGroups', { securityEnabledOnly: true })).toEqual([]);
    expect(await current().membership({ id }, 'getMemberObjects', { securityEnabledOnly: false })).toEqual([]);
  });

  test('a device that does not exist has neither users nor memberships', async () => {
    const device = { id: randomUUID() };
    await expect(list({ relation: 'registeredUsers', device })).rejects.toMatchObject(unknown);
    await expect(count({ relation: 'registeredOwners', device })).rejects.toMatchObject(unknown);
    await expect(list({ relation: 'memberOf', device })).rejects.toMatchObject(unknown);
    await expect(current().membership(device, 'getMemberGroups', { securityEnabledOnly: true })).rejects.toMatchObject(
      unknown,
    );
  });
}
