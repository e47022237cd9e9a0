import { join } from 'node:path';
import type { Directory } from '../../shared/directory/port.ts';
import { linuxBox } from '../support/devices.ts';

/** The file that these promises are about: Adele with an id, Grady without one. */
export const usersFile = join('samples', 'users.json');

const adele = '7f0c5b1e-0b7e-4c35-9f4b-0d5d6a7b8c9d';
const stranger = 'f1d2a3b4-0000-4000-8000-000000000001';
const unknown = { code: 'Request_ResourceNotFound' };

/** What a directory keeps whose users are those of a file. */
export function describeUsers(name: string, open: () => Promise<Directory>): void {
  describe(`${name}, with a file of users`, () => {
    let directory: Directory;
    beforeEach(async () => {
      directory = await open();
    });
    afterEach(() => directory.close());

    test('a user of the file is there with what it says, by name and by id', async () => {
      const named = await directory.getUser('Adele@contoso.example');
      expect(named.json.parse()).toMatchObject({ id: adele, displayName: 'Adele Vance', businessPhones: [] });
      expect((await directory.getUser(adele)).json.parse()).toEqual(named.json.parse());
      expect(await directory.getObject(adele)).toMatchObject({ type: 'microsoft.graph.user' });
    });

    test('nobody else is: not read, not linked, without devices', async () => {
      await expect(directory.getUser('alex@contoso.example')).rejects.toMatchObject(unknown);
      await expect(directory.getUser(stranger)).rejects.toMatchObject(unknown);
      const { id } = await directory.createDevice(linuxBox());
      await expect(directory.addReference({ id }, 'registeredUsers', stranger)).rejects.toMatchObject(unknown);
      await expect(directory.addRegisteredDevice('alex@contoso.example', { id })).rejects.toMatchObject(unknown);
      const lost = directory.list({ relation: 'ownedDevices', user: stranger }, { text: '', eventual: false });
      await expect(lost).rejects.toMatchObject(unknown);
    });

    test('who is linked comes with what the file says, and is found by it', async () => {
      const { id } = await directory.createDevice(linuxBox());
      await directory.addRegisteredDevice('grady@contoso.example', { id });
      const text = "$filter=displayName%20eq%20'grady%20archie'";
      const { value } = await directory.list(
        { relation: 'registeredUsers', device: { id }, type: 'microsoft.graph.user' },
        { text, eventual: false },
      );
      expect(value.map(({ json }) => json.parse())).toMatchObject([{ userPrincipalName: 'grady@contoso.example' }]);
    });
  });
}
