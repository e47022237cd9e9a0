import { redactor } from '../../shared/telemetry/privacy.ts';
import { unsignedToken } from '../support/tokens.ts';

const redacted = redactor('redacted');
const full = redactor('full');
const id = '98b7e341-e341-98b7-41e3-b79841e3b798';
const token = unsignedToken({ oid: id, upn: 'adele@contoso.com' });

test.each([
  [`the token ${token} is refused`, 'the token [token] is refused'],
  [`authorization: Bearer adele`, 'authorization: Bearer [token]'],
  [
    `{"alternativeSecurityIds":[{"type":2,"key":"Y3YxN2E1MWFlYw=="}]}`,
    '{"alternativeSecurityIds":[{"type":2,"key":"[key]"}]}',
  ],
  ["{ type: 2, key: 'Y3YxN2E1MWFlYw==' }", "{ type: 2, key: '[key]' }"],
  [
    `Unexpected token '<', ..."key":"Y3YxN2E1"<html>"... is not valid JSON`,
    `Unexpected token '<', ..."key":"[key]"<html>"... is not valid JSON`,
  ],
  [JSON.stringify('sent {"key":"Y3YxN2E1MWFlYw==","type":2}'), JSON.stringify('sent {"key":"[key]","type":2}')],
  ['cut off: "key":"Y3YxN2E1MW', 'cut off: "key":"[key]'],
])('tokens and device keys are taken out of a text, also where personal data may stay: %s', (text, without) => {
  expect([redacted(text), full(text)]).toEqual([without, without]);
});

test.each([
  ['/v1.0/users/adele@contoso.com/registeredDevices/$ref', '/v1.0/users/[name]/registeredDevices/$ref'],
  ['/v1.0/users/adele%40contoso.com', '/v1.0/users/[name]'],
  ['/v1.0/users/%61dele/registeredDevices', '/v1.0/users/[name]/registeredDevices'],
  ["Resource 'adele@contoso.com' does not exist", "Resource '[name]' does not exist"],
  ['{"displayName":"Adele\'s laptop","operatingSystem":"linux"}', '{"displayName":"[name]","operatingSystem":"linux"}'],
  ["{ userPrincipalName: 'adele', mail: 'a' }", "{ userPrincipalName: '[name]', mail: '[name]' }"],
])('names of people are taken out unless they are wanted: %s', (text, without) => {
  expect([redacted(text), full(text)]).toEqual([without, text]);
});

test.each([
  '/v1.0/devices',
  `/v1.0/users/${id}/registeredDevices/$ref`,
  `/v1.0/users/${id}`,
  `/v1.0/devices(deviceId='${id}')`,
  'SQLITE_FULL: database or disk is full',
])('object ids and everything else stay: %s', (text) => {
  expect(redacted(text)).toBe(text);
});
