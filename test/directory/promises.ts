import { randomUUID } from 'node:crypto';
import type { Directory, Entity } from '../../shared/directory/port.ts';
import { linuxBox } from '../support/devices.ts';
import { promiseChanges } from './changePromises.ts';
import { promiseLists } from './listPromises.ts';

const adele = '7f0c5b1e-0b7e-4c35-9f4b-0d5d6a7b8c9d';

/**
 * What every directory keeps, whoever stands behind the port.
 * @param options `makesObjects`: whether a directoryObject can be made that is no device; Graph has no such write
 */
export function describeDirectory(name: string, open: () => Promise<Directory>, { makesObjects = true } = {}): void {
  const testWithObjects = makesObjects ? test : test.skip;
  describe(name, () => {
    let directory: Directory;
    beforeEach(async () => {
      directory = await open();
    });
    afterEach(() => directory.close());

    promiseLists(() => directory);
    promiseChanges(() => directory);

    const registeredFor = async (user: string): Promise<readonly Entity[]> =>
      (await directory.list({ relation: 'registeredDevices', user }, { text: '', eventual: false })).value;

    test('a device that was created is there, with an id of its own', async () => {
      const box = linuxBox();
      const { id, json } = await directory.createDevice(box);
      expect(id).not.toBe(box.deviceId);
      const found = await directory.getDevice({ id });
      expect(found.json.parse()).toEqual(json.parse());
      expect(found.json.parse()).toMatchObject({
        id,
        deviceId: box.deviceId,
        displayName: 'linuxBox',
        isManaged: null,
      });
    });

    test('a second device with the same deviceId is refused, in whatever case, and the first one stays', async () => {
      const box = linuxBox();
      const { id } = await directory.createDevice(box);
      await expect(
        directory.createDevice({ ...box, deviceId: box.deviceId.toUpperCase(), displayName: 'other' }),
      ).rejects.toMatchObject({
        code: 'Request_BadRequest',
        details: [{ code: 'ObjectConflict', target: 'deviceId' }],
      });
      expect((await directory.getDevice({ id })).json.parse()).toMatchObject({ displayName: 'linuxBox' });
    });

    test('of many creations of one deviceId at the same time exactly one succeeds', async () => {
      const box = linuxBox();
      const outcomes = await Promise.allSettled(Array.from({ length: 50 }, () => directory.createDevice(box)));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    });

    test('an unknown device is not found', async () => {
      await expect(directory.getDevice({ id: randomUUID() })).rejects.toMatchObject({
        code: 'Request_ResourceNotFound',
      });
    });

    test('nothing is registered for a user whom nobody has mentioned', async () => {
      expect(await registeredFor(adele)).toEqual([]);
    });

    testWithObjects('objects made for a user are listed for that user only, in the order of registration', async () => {
      const deletedDateTime = '2017-01-01T00:00:34.0507931+03:00';
      const first = await directory.createRegisteredObject(adele, { deletedDateTime });
      const { id } = await directory.createDevice(linuxBox());
      await directory.addRegisteredDevice(adele, { id });
      const listed = await registeredFor(adele);
      expect(listed.map((entity) => [entity.id, entity.type])).toEqual([
        [first.id, 'microsoft.graph.directoryObject'],
        [id, 'microsoft.graph.device'],
      ]);
      expect(listed[0]?.json.parse()).toEqual({ id: first.id, deletedDateTime });
      expect(await registeredFor('grady@contoso.example')).toEqual([]);
    });

    test('a device is found by deviceId, in whatever case, when it is registered', async () => {
      const box = linuxBox();
      const { id } = await directory.createDevice(box);
      const entity = await directory.addRegisteredDevice('adele@contoso.example', {
        deviceId: box.deviceId.toUpperCase(),
      });
      expect(entity.id).toBe(id);
      expect(await registeredFor('Adele@contoso.example')).toHaveLength(1);
    });

    test('the same registration again is refused', async () => {
      const { id } = await directory.createDevice(linuxBox());
      await directory.addRegisteredDevice(adele, { id });
      await expect(directory.addRegisteredDevice(adele, { id })).rejects.toMatchObject({
        code: 'Request_BadRequest',
        message: expect.stringContaining("'registered") as string,
      });
      expect(await registeredFor(adele)).toHaveLength(1);
    });

    test('what does not exist cannot be registered', async () => {
      const unknown = { code: 'Request_ResourceNotFound' };
      await expect(directory.addRegisteredDevice(adele, { id: randomUUID() })).rejects.toMatchObject(unknown);
      await expect(directory.addRegisteredDevice(adele, { deviceId: randomUUID() })).rejects.toMatchObject(unknown);
      expect(await registeredFor(adele)).toEqual([]);
    });

    test('a device is read by deviceId, in whatever case', async () => {
      const box = linuxBox();
      const { id } = await directory.createDevice(box);
      expect((await directory.getDevice({ deviceId: box.deviceId.toUpperCase() })).id).toBe(id);
      await expect(directory.getDevice({ deviceId: id })).rejects.toMatchObject({ code: 'Request_ResourceNotFound' });
    });

    testWithObjects('an object that is no device is not found among the devices', async () => {
      const { id } = await directory.createRegisteredObject(adele, {});
      const unknown = { code: 'Request_ResourceNotFound' };
      await expect(directory.getDevice({ id })).rejects.toMatchObject(unknown);
      await expect(directory.addReference({ id }, 'registeredUsers', adele)).rejects.toMatchObject(unknown);
    });

    test('a registered user of a device has it among the registered devices: both sides write one link', async () => {
      const box = linuxBox();
      const { id } = await directory.createDevice(box);
      await directory.addReference({ deviceId: box.deviceId }, 'registeredUsers', adele.toUpperCase());
      expect((await registeredFor(adele)).map((entity) => entity.id)).toEqual([id]);
      const twice = { code: 'Request_BadRequest', details: [{ code: 'ObjectConflict' }] };
      await expect(directory.addRegisteredDevice(adele, { id })).rejects.toMatchObject(twice);
      await expect(directory.addReference({ id }, 'registeredUsers', adele)).rejects.toMatchObject({
        ...twice,
        message:
          "One or more added object references already exist for the following modified properties: 'registeredUsers'.",
      });
    });

    test('a device that was registered from the user’s side has that registered user already', async () => {
      const { id } = await directory.createDevice(linuxBox());
      await directory.addRegisteredDevice('adele@contoso.example', { id });
      const user = await directory.getUser('adele@contoso.example');
      await expect(directory.addReference({ id }, 'registeredUsers', user.id)).rejects.toMatchObject({
        message: expect.stringContaining("'registeredUsers'") as string,
      });
    });

    test('an owner is not a registered user, and is one only once', async () => {
      const { id } = await directory.createDevice(linuxBox());
      await directory.addReference({ id }, 'registeredOwners', adele);
      expect(await registeredFor(adele)).toEqual([]);
      await expect(directory.addReference({ id }, 'registeredOwners', adele)).rejects.toMatchObject({
        code: 'Request_BadRequest',
        message: expect.stringContaining("'registeredOwners'") as string,
      });
      await directory.addReference({ id }, 'registeredUsers', adele);
      expect(await registeredFor(adele)).toHaveLength(1);
    });

    test('a device that does not exist gets neither user nor owner', async () => {
      const unknown = { code: 'Request_ResourceNotFound' };
      await expect(directory.addReference({ id: randomUUID() }, 'registeredUsers', adele)).rejects.toMatchObject(
        unknown,
      );
      await expect(directory.addReference({ deviceId: randomUUID() }, 'registeredOwners', adele)).rejects.toMatchObject(
        unknown,
      );
    });

    test('a device is no user, and so nobody’s user or owner', async () => {
      const { id } = await directory.createDevice(linuxBox());
      const other = await directory.createDevice(linuxBox());
      const refused = { code: 'Request_BadRequest' };
      await expect(directory.addReference({ id }, 'registeredUsers', other.id)).rejects.toMatchObject(refused);
      await expect(directory.addReference({ id }, 'registeredOwners', other.id)).rejects.toMatchObject(refused);
      await expect(directory.getUser(other.id)).rejects.toMatchObject({ code: 'Request_ResourceNotFound' });
    });

    test('a user has an id, whether named by it or by a user principal name, in whatever case', async () => {
      const byId = await directory.getUser(adele.toUpperCase());
      expect([byId.id, byId.type]).toEqual([adele, 'microsoft.graph.user']);
      const byName = await directory.getUser('adele@contoso.example');
      expect(byName.json.parse()).toMatchObject({ id: byName.id, userPrincipalName: 'adele@contoso.example' });
      expect((await directory.getUser('Adele@Contoso.example')).id).toBe(byName.id);
    });
  });
}
