import type { Jobs } from '../../shared/bulk/port.ts';
import type { Caller } from '../../shared/auth/caller.ts';
import type { QueryText } from '../../shared/contract/queryText.ts';
import type { Directory } from '../../shared/directory/port.ts';
import { getMe } from '../../shared/operations/getMe.ts';
import { getUser } from '../../shared/operations/getUser.ts';
import { listMyRegisteredDevices } from '../../shared/operations/listMyRegisteredDevices.ts';
import { onTerms, type Operation } from '../../shared/operations/operation.ts';

const adele = '7f0c5b1e-0b7e-4c35-9f4b-0d5d6a7b8c9d';
const grady = '2d4f6a8c-1e3b-4c5d-9f7a-8b6c4d2e0f1a';

const caller = (kind: Caller['kind'], ...permissions: string[]): Caller => ({
  kind,
  id: adele,
  permissions: new Set(permissions),
  directoryRoles: new Set(),
});

/** The query that reaches the directory. */
async function asked(
  operation: Operation,
  by: Caller,
  text: string,
  params = {},
  actsAsItself = true,
): Promise<string> {
  let seen = '';
  const remember = (query: QueryText | undefined): void => void (seen = query?.text ?? '');
  const directory = {
    getUser: (_user: string, query?: QueryText) => {
      remember(query);
      return Promise.resolve({});
    },
    list: (_list: unknown, query: QueryText) => {
      remember(query);
      return Promise.resolve({ value: [] });
    },
  } as unknown as Directory;
  const served = onTerms(operation, { contract: 'documented', actsAsItself });
  const query = { text, eventual: false };
  const dispatcher = (): never => {
    throw new Error('No request here holds others.');
  };
  const base = 'https://devices.contoso.com';
  const unused = { jobs: {} as unknown as Jobs, headers: new Headers(), bytes: dispatcher };
  await served.run({ body: undefined, params, query, caller: by, directory, base, dispatcher, ...unused });
  return seen;
}

const basics = '$select=id,displayName,givenName,surname,mail,userPrincipalName';

describe("before Graph with the app's own credential", () => {
  test.each([
    '$expand=registeredOwners',
    '%24Expand=registeredOwners',
    'expand=x',
    '$top=5&$EXPAND=x',
    '+%24expand+=x',
  ])('%s is refused, and the reason told', async (text) => {
    const reading = asked(listMyRegisteredDevices, caller('user', 'User.Read'), text);
    await expect(reading).rejects.toMatchObject({
      code: 'Authorization_RequestDenied',
      status: 403,
      details: [{ code: 'MissingPermission', target: '$expand' }],
    });
  });

  test.each(['Directory.Read.All', 'Directory.ReadWrite.All'])(
    '$expand is for whoever holds %s',
    async (permission) => {
      const text = '$expand=registeredOwners';
      expect(await asked(listMyRegisteredDevices, caller('user', permission), text)).toBe(text);
    },
  );

  test('whoever lists their own things filters, sorts and selects as they like', async () => {
    const text = "$filter=displayName%20eq%20'expand'&$orderby=displayName&$select=id&$count=true";
    expect(await asked(listMyRegisteredDevices, caller('user', 'User.Read'), text)).toBe(text);
  });

  test.each([
    ['', basics],
    ['$select=mail,mobilePhone', '$select=mail'],
    ['$select=mobilePhone,jobTitle', '$select=id'],
    ['%24SELECT=Mail,%20DisplayName&$format=json', '$format=json&$select=displayName,mail'],
    ['$select=mail&select=mobilePhone', '$select=mail'],
  ])('User.ReadBasic.All alone reads the basic profile: of %j becomes %j', async (text, expected) => {
    const user = caller('user', 'User.ReadBasic.All');
    expect(await asked(getUser, user, text, { usersId: grady })).toBe(expected);
    expect(await asked(getMe, user, text)).toBe(expected);
    expect(await asked(getUser, caller('application', 'User.ReadBasic.All'), text, { usersId: grady })).toBe(expected);
  });

  test('a permission about oneself adds nothing about others, one that reads whole profiles does', async () => {
    const both = caller('user', 'User.ReadBasic.All', 'User.Read');
    expect(await asked(getUser, both, '', { usersId: grady })).toBe(basics);
    expect(await asked(getUser, both, '', { usersId: adele })).toBe('');
    expect(await asked(getMe, both, '$select=mobilePhone')).toBe('$select=mobilePhone');
    expect(await asked(getUser, caller('user', 'User.Read.All'), '', { usersId: grady })).toBe('');
  });
});

test('where Graph sees the caller, it decides itself: the query goes on as it came', async () => {
  const text = '$expand=manager&$select=mobilePhone';
  expect(await asked(getUser, caller('user', 'User.ReadBasic.All'), text, { usersId: grady }, false)).toBe(text);
});
