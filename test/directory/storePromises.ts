import { randomUUID } from 'node:crypto';
import type { DeviceStore, StoreQuery } from '../../shared/directory/emulator/deviceStore.ts';
import { readSkiptoken, writeSkiptoken } from '../../shared/contract/odata/skiptoken.ts';
import { read, type Options } from '../odata/read.ts';
import { plainDevice } from '../support/queries.ts';

const adele = '7f0c5b1e-0b7e-4c35-9f4b-0d5d6a7b8c9d';

const list = { relation: 'devices' };

/** A query as an operation hands it to a store. */
export function storeQuery(options: Options = {}, skiptoken?: string): StoreQuery {
  const query = read(options);
  const after = readSkiptoken({ ...query, list, ...(skiptoken !== undefined && { skiptoken }) });
  return after ? { ...query, after } : query;
}

/** Adds a device; @returns its id */
export async function addDevice(store: DeviceStore, values: object): Promise<string> {
  const { id, deviceId, json } = plainDevice(values);
  expect(await store.addDevice(id, deviceId, json)).toBe(true);
  return id;
}

const add = async (store: DeviceStore, names: readonly string[]): Promise<string[]> => {
  const ids: string[] = [];
  for (const displayName of names) ids.push(await addDevice(store, { displayName }));
  return ids;
};

const nameOf = ({ json }: { json: string }): string => (JSON.parse(json) as { displayName: string }).displayName;

const names = async (store: DeviceStore, options: Options = {}): Promise<string[]> =>
  (await store.listDevices(storeQuery(options))).objects.map(nameOf);

/** A list that is followed page by page; `between` runs after each page. */
async function follow(
  store: DeviceStore,
  options: Options,
  between: (page: number) => Promise<void>,
): Promise<string[]> {
  const found: string[] = [];
  for (let page = 1, skiptoken: string | undefined; ; page += 1) {
    const { objects, next } = await store.listDevices(storeQuery(options, skiptoken));
    found.push(...objects.map(nameOf));
    if (!next) return found;
    skiptoken = writeSkiptoken({ ...storeQuery(options), list }, next);
    await between(page);
  }
}

/** What every store promises of lists, of changes and of removals. */
export function describeStore(name: string, open: () => DeviceStore): void {
  describe(name, () => {
    let store: DeviceStore;
    beforeEach(() => {
      store = open();
    });
    afterEach(() => store.close());

    test('devices are listed in the order of creation, each with its id and what is kept of it', async () => {
      const ids = await add(store, ['b', 'a', 'c']);
      const { objects, next } = await store.listDevices(storeQuery());
      expect(objects.map(({ id }) => id)).toEqual(ids);
      expect(objects[0]).toMatchObject({
        type: 'microsoft.graph.device',
        json: expect.stringContaining('"b"') as string,
      });
      expect(next).toBeUndefined();
      expect(await store.countDevices()).toBe(3);
    });

    test('what was answered before is in the next list and in the next number', async () => {
      for (let count = 1; count < 5; count += 1) {
        await add(store, [`device ${count}`]);
        expect(await names(store)).toHaveLength(count);
        expect(await store.countDevices(storeQuery({ $filter: "startsWith(displayName,'DEVICE')" }).filter)).toBe(
          count,
        );
      }
    });

    test('a list is ordered by what is asked for, and by creation where that is equal', async () => {
      await add(store, ['b', 'a', 'B', 'Ä', 'ä']);
      await addDevice(store, { displayName: null });
      expect(await names(store, { $orderby: 'displayName' })).toEqual([null, 'a', 'b', 'B', 'Ä', 'ä']);
      expect(await names(store, { $orderby: 'displayName desc' })).toEqual(['ä', 'Ä', 'B', 'b', 'a', null]);
    });

    test.each<[Options, string[]]>([
      [{}, ['a', 'b', 'c', 'd', 'e', 'dd']],
      [{ $orderby: 'displayName' }, ['a', 'b', 'c', 'd', 'dd', 'e']],
      [{ $orderby: 'displayName desc' }, ['g', 'f', 'e', 'dd', 'd', 'c']],
    ])('no device is listed twice and none is left out while others come and go: %j', async (options, expected) => {
      const ids = await add(store, ['a', 'b', 'c', 'd', 'e', 'f', 'g']);
      const found = await follow(store, { ...options, $top: '2' }, async (page) => {
        if (page !== 1) return;
        for (const at of [0, 1, 5, 6]) await store.removeObject(String(ids[at])); // Listed already, or yet to come.
        await add(store, ['dd']);
      });
      expect(found).toEqual(expected);
    });

    test('a device that comes after the last one was removed does not take its place', async () => {
      const ids = await add(store, ['a', 'b', 'c']);
      const query = { $top: '2' };
      const { next } = await store.listDevices(storeQuery(query));
      expect(next).toBeDefined();
      for (const id of ids.slice(1)) await store.removeObject(id);
      await add(store, ['d', 'e']);
      const token = next && writeSkiptoken({ ...storeQuery(query), list }, next);
      const rest = await store.listDevices(storeQuery(query, token));
      expect(rest.objects.map(nameOf)).toEqual(['d', 'e']);
    });

    test('a search finds words by their beginning, in any order', async () => {
      await add(store, ['Linux box', 'BoxLinux-2', 'boxer', 'linuxbox', '']);
      const found = ($search: string): Promise<string[]> => names(store, { $search });
      expect(await found('"displayName:box linux"')).toEqual(['Linux box', 'BoxLinux-2']);
      expect(await found('"displayName:LINUXB"')).toEqual(['linuxbox']);
      expect(await found('"displayName:linux"')).toEqual(['Linux box', 'BoxLinux-2', 'linuxbox']);
      expect(await found('"displayName:linus"')).toEqual([]);
      expect(await found('"displayName:box" AND NOT "displayName:linux"')).toEqual(['boxer']);
      expect(await found('NOT "displayName:box"')).toEqual(['linuxbox', '']);
      expect(await names(store, { $search: '"displayName:box"', $orderby: 'displayName' })).toEqual([
        'boxer',
        'BoxLinux-2',
        'Linux box',
      ]);
    });

    test('a device is found by its ids, and by nothing else in their place', async () => {
      const [id = ''] = await add(store, ['a', 'b']);
      const [device] = (await store.listDevices(storeQuery({ $filter: `id eq '${id.toUpperCase()}'` }))).objects;
      expect(device?.id).toBe(id);
      const { deviceId = '' } = JSON.parse(device?.json ?? '{}') as { deviceId?: string };
      expect(await names(store, { $filter: `deviceId eq '${deviceId.toUpperCase()}'` })).toEqual(['a']);
      expect(await names(store, { $filter: `deviceId eq '${id}' or id eq '${id}'` })).toEqual(['a']);
      expect(await names(store, { $filter: `startsWith(deviceId,'${deviceId.slice(0, 12).toUpperCase()}')` })).toEqual([
        'a',
      ]);
      expect(await names(store, { $filter: "deviceId eq 'a'" })).toEqual([]);
      expect(await names(store, { $filter: `id in ('${id}','${randomUUID()}') and displayName ne 'a'` })).toEqual([]);
    });

    test('a changed device is found by what it is now, listed already or not', async () => {
      const [first = '', second = ''] = await add(store, ['old', 'other']);
      const change = async (id: string, displayName: string): Promise<boolean> =>
        store.updateDevice(id, () => JSON.stringify({ displayName, isManaged: true }));
      expect(await change(first, 'before the first query')).toBe(true);
      expect(await names(store, { $search: '"displayName:before"' })).toEqual(['before the first query']);
      expect(await change(second, 'changed')).toBe(true);
      expect(await names(store, { $filter: "displayName eq 'other'" })).toEqual([]);
      expect(await names(store, { $search: '"displayName:other"' })).toEqual([]);
      expect(await names(store, { $search: '"displayName:chang"' })).toEqual(['changed']);
      expect(await names(store, { $orderby: 'displayName', $filter: 'isManaged eq true' })).toEqual([
        'before the first query',
        'changed',
      ]);
      expect((await store.find(second))?.json).toContain('changed');
      expect(await change(randomUUID(), 'nobody')).toBe(false);
      expect(await store.countDevices()).toBe(2);
    });

    test('what was removed is gone: from lists, by its ids and from either side of links', async () => {
      const { id, deviceId, json } = plainDevice({ displayName: 'gone' });
      await store.addDevice(id, deviceId, json);
      await store.addLink('registered', adele, id);
      await store.addLink('owned', adele, id);
      expect(await names(store, { $search: '"displayName:gone"' })).toEqual(['gone']);
      expect(await store.removeObject(id)).toBe(true);
      expect(await store.removeObject(id)).toBe(false);
      expect(await store.find(id)).toBeUndefined();
      expect(await store.findByDeviceId(deviceId)).toBeUndefined();
      expect(await store.linkedObjects('registered', adele)).toEqual([]);
      expect(await names(store, { $search: '"displayName:gone"' })).toEqual([]);
      expect(await store.countDevices()).toBe(0);

      expect(await store.addDevice(randomUUID(), deviceId, json)).toBe(true);
      expect(await store.addDevice(id, randomUUID(), json)).toBe(true);
      expect(await store.addLink('registered', adele, id)).toBe(true);
      expect(await store.addLink('owned', adele, id)).toBe(true);
    });

    test('a directoryObject is no device: it is not listed and not changed, but removed with its links', async () => {
      const id = randomUUID();
      await store.addRegisteredObject(adele, id, JSON.stringify({ id }));
      expect(await store.countDevices()).toBe(0);
      expect(await store.updateDevice(id, () => '{}')).toBe(false);
      expect(await store.removeObject(id)).toBe(true);
      expect(await store.linkedObjects('registered', adele)).toEqual([]);
    });

    test('the places of what is registered grow, also after the last one was removed', async () => {
      const ids = await add(store, ['a', 'b', 'c']);
      for (const id of ids) await store.addLink('registered', adele, id);
      const before = await store.linkedObjects('registered', adele);
      expect(before.map(({ id }) => id)).toEqual(ids);
      await store.removeObject(String(ids[2]));
      const [again = ''] = await add(store, ['d']);
      await store.addLink('registered', adele, again);
      const last = (await store.linkedObjects('registered', adele)).at(-1);
      expect(last?.id).toBe(again);
      expect(last?.position).toBeGreaterThan(before.at(-1)?.position ?? Infinity);
    });
  });
}
