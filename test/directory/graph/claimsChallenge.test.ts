import { challenge, claimsOf } from '../../../shared/directory/graph/claimsChallenge.ts';

const claims = '{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}';

test("the claims of Microsoft Graph's challenge are read from its header", () => {
  const encoded = Buffer.from(claims).toString('base64');
  const header = `Bearer realm="", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", client_id="00000003-0000-0000-c000-000000000000", error="insufficient_claims", claims="${encoded}"`;
  expect(claimsOf(header)).toBe(claims);
  expect(claimsOf(challenge('https://login.microsoftonline.com', claims))).toBe(claims);
});

test.each([
  null,
  undefined,
  '',
  challenge('https://login.microsoftonline.com'),
  'Bearer error="invalid_token", claims="e30="',
  'Bearer error="insufficient_claims"',
  'Bearer error="insufficient_claims", claims="bm90IGpzb24="',
])('%s asks for no claims', (header) => {
  expect(claimsOf(header)).toBeUndefined();
});
