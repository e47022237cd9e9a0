import { createDevice } from '../../shared/operations/createDevice.ts';
import { linuxBox } from '../support/devices.ts';
import * as entra from '../support/entraTenant.ts';
import { openHost } from '../support/openHost.ts';
import { send, type Answer } from '../support/send.ts';
import type { Target } from '../support/target.ts';
import { unsignedToken } from '../support/tokens.ts';

const { adele, contoso, grady, nightJob, registrar } = entra;

let key: entra.SigningKey;
let login: entra.LoginHost;
let app: Target;
let said: string[];

const env = { AUTH_MODE: 'entra', ENTRA_TENANT_IDS: contoso, ENTRA_AUDIENCES: registrar };

beforeAll(async () => {
  key = await entra.signingKey('first');
});
beforeEach(async () => {
  said = [];
  login = await entra.loginHost([key.publicJwk]);
  app = await openHost(env, (line) => said.push(line), login);
});
afterEach(async () => {
  await app.stop();
  await login.stop();
});

const user = (changes: entra.Claims = {}): Promise<string> => entra.signed(entra.userClaims(new Date(), changes), key);
const application = (): Promise<string> => entra.signed(entra.applicationClaims(new Date()), key);

const call = (method: string, path: string, headers: Record<string, string>, body?: object): Promise<Answer> =>
  send(app.base, {
    method,
    path: `/v1.0${path}`,
    headers: { 'content-type': 'application/json', ...headers },
    body: body ? JSON.stringify(body) : '',
  });
const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
const idOf = ({ text }: Answer): string => (JSON.parse(text) as { id: string }).id;
const errorOf = ({ text }: Answer): { code: string; message: string; details?: { code: string }[] } =>
  (JSON.parse(text) as { error: { code: string; message: string } }).error;

test('AUTH_MODE=entra: an application registers a device for a user, who finds it', async () => {
  const created = await call('POST', '/devices', bearer(await application()), linuxBox());
  expect(created.status).toBe(201);
  const linked = await call('POST', `/users/${adele}/registeredDevices/$ref`, bearer(await application()), {
    id: idOf(created),
  });
  expect(linked.status).toBe(201);
  const found = await call('GET', '/me/registeredDevices', bearer(await user({ scp: 'User.Read' })));
  expect(JSON.parse(found.text)).toMatchObject({ value: [{ id: idOf(created) }] });
  expect(login.asked).toHaveLength(1);
  expect(said).toEqual([]);
});

test('AUTH_MODE=entra: a user registers devices for themselves, and for others with a directory role', async () => {
  const register = async (wids: string[], whom: string): Promise<Answer> => {
    const device = await call('POST', '/devices', bearer(await application()), linuxBox());
    return call('POST', `/users/${whom}/registeredDevices/$ref`, bearer(await user({ wids })), { id: idOf(device) });
  };
  expect((await register([], adele)).status).toBe(201);
  expect((await register([entra.intuneAdministrator], grady)).status).toBe(201);
  const refused = await register([], grady);
  expect([refused.status, errorOf(refused).code]).toEqual([403, 'Authorization_RequestDenied']);
  expect(errorOf(refused).details).toMatchObject([{ code: 'MissingDirectoryRole' }]);
});

test('AUTH_MODE=entra: what the emulator would believe is refused, in the shape that Graph gives it', async () => {
  for (const token of ['adele', unsignedToken(entra.userClaims(new Date()))]) {
    const refused = await call('GET', '/me/registeredDevices', bearer(token));
    expect(refused.status).toBe(401);
    expect(refused.headers['www-authenticate']).toContain(`client_id="${registrar}"`);
    expect(refused.headers['content-type']).toBe('application/json');
    expect(errorOf(refused).code).toBe('InvalidAuthenticationToken');
  }
  expect((await call('GET', '/me/registeredDevices', {})).status).toBe(401);
});

test('AUTH_MODE=entra: no header of App Service is believed', async () => {
  const claims = { oid: nightJob, idtyp: 'app', roles: 'Device.ReadWrite.All' };
  const principal = { auth_typ: 'aad', claims: Object.entries(claims).map(([typ, val]) => ({ typ, val })) };
  const headers = {
    'x-ms-client-principal': Buffer.from(JSON.stringify(principal)).toString('base64'),
    'x-ms-client-principal-id': nightJob,
  };
  expect((await call('POST', '/devices', headers, linuxBox())).status).toBe(401);
});

test('AUTH_MODE=entra: while keys cannot be had the answer is 503 with Retry-After, and neither it nor the log holds a token', async () => {
  login.reply = (response) => response.writeHead(500).end();
  const token = await user();
  const refused = await call('GET', '/me/registeredDevices', bearer(token));
  expect(refused).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
  expect(refused.headers['www-authenticate']).toBeUndefined();
  expect(errorOf(refused).code).toBe('serviceNotAvailable');
  expect(said.join()).toContain('listMyRegisteredDevices failed with 503 serviceNotAvailable');
  for (const part of token.split('.')) {
    expect(said.join()).not.toContain(part);
    expect(refused.text).not.toContain(part);
  }
});

test('AUTH_MODE=easyauth: whom App Service let in may call', async () => {
  const behind = await openHost({ AUTH_MODE: 'easyauth', WEBSITE_AUTH_ENABLED: 'True' });
  const claims = { oid: nightJob, tid: contoso, idtyp: 'app', roles: 'Device.ReadWrite.All' };
  const principal = { auth_typ: 'aad', claims: Object.entries(claims).map(([typ, val]) => ({ typ, val })) };
  const post = (headers: Record<string, string>): Promise<Answer> =>
    send(behind.base, {
      method: createDevice.method,
      path: '/v1.0/devices',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(linuxBox()),
    });
  const header = Buffer.from(JSON.stringify(principal)).toString('base64');
  expect((await post({ 'X-MS-CLIENT-PRINCIPAL': header })).status).toBe(201);
  expect((await post({ 'X-MS-CLIENT-PRINCIPAL': header.slice(0, 40) })).status).toBe(401);
  expect((await post(bearer(await application()))).status).toBe(401);
  await behind.stop();
});
