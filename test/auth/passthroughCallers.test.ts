import { inspect } from 'node:util';
import type { Caller } from '../../shared/auth/caller.ts';
import { passthroughCallers } from '../../shared/auth/passthroughCallers.ts';
import { adele, contoso, nightJob, workflow } from '../support/entraTenant.ts';
import { bearing, unsignedToken } from '../support/tokens.ts';

const identify = passthroughCallers();
const caller = (token: string): Caller => identify(bearing(token)) as Caller;

const judgedByGraph = { permissions: 'all', directoryRoles: 'all' };

test('a token of a user names the user, who may do whatever Graph lets them', () => {
  const token = unsignedToken({ oid: adele.toUpperCase(), tid: contoso, scp: 'User.Read', appid: workflow, exp: 1 });
  const found = caller(token);
  expect(found).toMatchObject({
    kind: 'user',
    id: adele,
    tenantId: contoso,
    applicationId: workflow,
    ...judgedByGraph,
  });
  expect(found.token?.()).toBe(token);
  expect(inspect(found, { showHidden: true }) + JSON.stringify(found)).not.toContain(token.slice(0, 20));
});

test('a token of an application is one that says so, or has no scp', () => {
  expect(caller(unsignedToken({ oid: nightJob, roles: [] }))).toMatchObject({ kind: 'application', id: nightJob });
  expect(caller(unsignedToken({ oid: nightJob, idtyp: 'app', scp: 'x' }))).toMatchObject({ kind: 'application' });
});

test.each(['opaque', unsignedToken({ scp: 'User.Read' }), unsignedToken({ scp: 'User.Read', oid: 'adele' })])(
  'a token that does not tell who calls is of "me": only Graph knows (%s)',
  (token) => {
    expect(caller(token)).toMatchObject({ kind: 'user', id: 'me', ...judgedByGraph });
  },
);

test('a token must be there', () => {
  expect(() => identify(new Headers())).toThrow('Access token is empty.');
  expect(() => identify(new Headers({ authorization: 'Basic YTpi' }))).toThrow('Access token is empty.');
});
