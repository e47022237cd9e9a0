import { randomUUID } from 'node:crypto';
import type { Directory, Page } from '../../shared/directory/port.ts';
import { linuxBox } from '../support/devices.ts';

const adele = '7f0c5b1e-0b7e-4c35-9f4b-0d5d6a7b8c9d';
const unknown = { code: 'Request_ResourceNotFound' };

/** What every directory keeps about changes, removals and objects by their ids. */
export function promiseChanges(current: () => Directory): void {
  const filtered = (text: string): Promise<Page> =>
    current().list({ relation: 'devices' }, { text: `$filter=${encodeURIComponent(text)}`, eventual: false });
  const registered = (): Promise<Page> =>
    current().list({ relation: 'registeredDevices', user: adele }, { text: '', eventual: false });

  test('what is sent changes, what is not sent stays, one extension attribute by one', async () => {
    const box = linuxBox({ extensionAttributes: { extensionAttribute1: 'one' } });
    const { id } = await current().createDevice(box);
    await current().updateDevice({ id }, { displayName: 'Lab 1', extensionAttributes: { extensionAttribute2: 'two' } });
    expect((await current().getDevice({ deviceId: box.deviceId })).json.parse()).toMatchObject({
      displayName: 'Lab 1',
      operatingSystem: 'linux',
      deviceId: box.deviceId,
      extensionAttributes: { extensionAttribute1: 'one', extensionAttribute2: 'two', extensionAttribute3: null },
    });
  });

  test('a changed device is found by what it is, and not by what it was', async () => {
    const { id } = await current().createDevice(linuxBox({ displayName: 'before' }));
    expect((await filtered("displayName eq 'before'")).value).toHaveLength(1);
    await current().updateDevice({ id }, { displayName: 'after' });
    expect((await filtered("displayName eq 'before'")).value).toEqual([]);
    expect((await filtered("displayName eq 'after'")).value.map((device) => device.id)).toEqual([id]);
  });

  test('a deleted device is gone with its links, and its deviceId is free', async () => {
    const box = linuxBox();
    const { id } = await current().createDevice(box);
    await current().addReference({ id }, 'registeredUsers', adele);
    await current().deleteDevice({ deviceId: box.deviceId });
    expect((await registered()).value).toEqual([]);
    expect((await filtered(`deviceId eq '${box.deviceId}'`)).value).toEqual([]);
    const again = await current().createDevice(box);
    expect(again.id).not.toBe(id);
    expect((await registered()).value).toEqual([]);
  });

  test('what does not exist is neither changed nor deleted', async () => {
    const device = { id: randomUUID() };
    await expect(current().updateDevice(device, { displayName: 'x' })).rejects.toMatchObject(unknown);
    await expect(current().deleteDevice(device)).rejects.toMatchObject(unknown);
    await expect(current().deleteObject(device.id)).rejects.toMatchObject(unknown);
    await expect(current().getObject(device.id)).rejects.toMatchObject(unknown);
  });

  test('a link is removed by itself, and only once; the other one stays', async () => {
    const { id } = await current().createDevice(linuxBox());
    await current().addReference({ id }, 'registeredUsers', adele);
    await current().addReference({ id }, 'registeredOwners', adele);
    await current().removeReference({ id }, 'registeredUsers', adele);
    expect((await registered()).value).toEqual([]);
    const owners = await current().list(
      { relation: 'registeredOwners', device: { id } },
      { text: '', eventual: false },
    );
    expect(owners.value).toHaveLength(1);
    await expect(current().removeReference({ id }, 'registeredUsers', adele)).rejects.toMatchObject({
      ...unknown,
      message: expect.stringContaining(id) as string,
    });
  });

  test('an object is read by its id, whatever it is', async () => {
    const { id } = await current().createDevice(linuxBox());
    await current().addReference({ id }, 'registeredUsers', adele);
    expect(await current().getObject(id)).toMatchObject({ id, type: 'microsoft.graph.device' });
    expect(await current().getObject(adele)).toMatchObject({ id: adele, type: 'microsoft.graph.user' });
    const some = await current().getObject(id, { text: '$select=displayName', eventual: false });
    expect([some.type, some.json.parse()]).toEqual(['microsoft.graph.device', { displayName: 'linuxBox' }]);
  });

  test('of several ids those are answered that there are, and of the kinds that are wanted', async () => {
    const { id } = await current().createDevice(linuxBox());
    await current().addReference({ id }, 'registeredUsers', adele);
    const ids = [id, adele, randomUUID()];
    const idsOf = async (...types: string[]): Promise<string[]> =>
      (await current().getObjects(ids, types)).map((entity) => entity.id).toSorted();
    expect(await idsOf()).toEqual([id, adele].toSorted());
    expect(await idsOf('device')).toEqual([id]);
    expect(await idsOf('USER', 'group')).toEqual([adele]);
    expect(await idsOf('servicePrincipal')).toEqual([]);
  });

  test('an object is deleted by its id, but no user', async () => {
    const { id } = await current().createDevice(linuxBox());
    await current().addReference({ id }, 'registeredUsers', adele);
    await expect(current().deleteObject(adele)).rejects.toMatchObject({ code: 'Authorization_RequestDenied' });
    await current().deleteObject(id);
    expect((await registered()).value).toEqual([]);
    expect(await current().getObjects([id], [])).toEqual([]);
  });
}
