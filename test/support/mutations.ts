import fc from 'fast-check';

/** A request as bytes may hold it; not everything of it is right. */
export interface MutatedRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: Buffer;
}

const device = {
  accountEnabled: true,
  alternativeSecurityIds: [{ type: 2, key: 'Y3YxN2E1MWFlYw==' }],
  deviceId: '4c299165-6e8f-4b45-a5ba-c5d250a707ff',
  displayName: 'linuxBox',
  operatingSystem: 'linux',
  operatingSystemVersion: '6.1',
  extensionAttributes: { extensionAttribute1: 'one' },
};
const reference = { '@odata.id': 'https://graph.microsoft.com/v1.0/devices/98b7e341-e341-98b7-41e3-b79841e3b798' };
const userReference = { '@odata.id': 'https://graph.microsoft.com/v1.0/users/7f0c5b1e-0b7e-4c35-9f4b-0d5d6a7b8c9d' };
const object = {
  '@odata.type': '#microsoft.graph.directoryObject',
  deletedDateTime: '2017-01-01T00:00:34.0507931+03:00',
};

const names = [
  ...Object.keys(device),
  'id',
  'isManaged',
  '@odata.id',
  '@odata.type',
  '__proto__',
  'constructor',
  'toString',
];

/** Any value, in the place of a right one. */
const strange = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(Infinity, -0, 2 ** 53, '', '\u0000', '\ud800', 'x'.repeat(3000), [], {}, [[[]]], null),
);

/** A right body with some members replaced, added or taken away. */
const body = fc
  .tuple(
    fc.oneof(
      { weight: 3, arbitrary: fc.uuid().map((deviceId) => ({ ...device, deviceId })) },
      {
        weight: 3,
        arbitrary: fc.constantFrom<object>(device, reference, userReference, object, {
          id: reference['@odata.id'].slice(-36),
        }),
      },
    ),
    fc.array(fc.tuple(fc.constantFrom(...names), fc.option(strange, { nil: undefined })), { maxLength: 3 }),
  )
  .map(([base, changes]) => {
    const members = new Map<string, unknown>(Object.entries(base));
    for (const [name, value] of changes) members.set(name, value);
    const texts = [...members].filter(([, value]) => value !== undefined);
    return `{${texts.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`;
  });

/** Bytes that were cut, repeated or flipped. */
const bytes = fc
  .tuple(
    body,
    fc.nat(),
    fc.nat(255),
    fc.constantFrom('keep', 'keep', 'keep', 'keep', 'cut', 'flip', 'twice', 'deep', 'none'),
  )
  .map(([text, at, byte, how]) => {
    const buffer = Buffer.from(text);
    const index = at % Math.max(1, buffer.length);
    if (how === 'cut') return buffer.subarray(0, index);
    if (how === 'flip') buffer[index] = byte;
    if (how === 'twice') return Buffer.concat([buffer, buffer]);
    if (how === 'deep') return Buffer.from('['.repeat(1 + (at % 5000)));
    return how === 'none' ? Buffer.alloc(0) : buffer;
  });

const segment = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'devices',
      'me',
      'users',
      'registeredDevices',
      'registeredUsers',
      'registeredOwners',
      '$ref',
      '%24ref',
      'adele@contoso.example',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('98b7e341-e341-98b7-41e3-b79841e3b798', "devices(deviceId='x')", '..', '', '%2F', '%ZZ'),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 20 }).map((text) => encodeURIComponent(text.toWellFormed())) },
);
const path = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '/v1.0/devices',
      '/v1.0/devices',
      '/beta/devices',
      '/v1.0/me/registeredDevices/$ref',
      '/v1.0/users/adele@contoso.example/registeredDevices',
      '/v1.0/devices/98b7e341-e341-98b7-41e3-b79841e3b798/registeredUsers/$ref',
      "/v1.0/devices(deviceId='4c299165-6e8f-4b45-a5ba-c5d250a707ff')/registeredOwners/$ref",
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .array(segment, { maxLength: 6 })
      .map((segments) => `/v1.0/${segments.join('/')}?${segments[0] ?? ''}`),
  },
);

const token = fc.oneof(
  { weight: 8, arbitrary: fc.constant('Bearer adele') },
  { weight: 2, arbitrary: fc.constantFrom('Bearer e30.e30.', 'Bearer a.b.c', 'Basic x', '') },
  {
    weight: 1,
    arbitrary: fc
      .jsonValue({ maxDepth: 2 })
      .map(
        (claims) =>
          `Bearer e30.${Buffer.from(JSON.stringify({ scp: claims, oid: claims, sub: claims, exp: claims, roles: claims, wids: claims })).toString('base64url')}.`,
      ),
  },
);

export const mutatedRequests: fc.Arbitrary<MutatedRequest> = fc.record({
  method: fc.constantFrom('POST', 'POST', 'POST', 'GET', 'PATCH', 'PUT', 'DELETE', 'HEAD', 'OPTIONS'),
  path,
  headers: fc.record(
    {
      authorization: token,
      'content-type': fc.oneof(
        { weight: 6, arbitrary: fc.constant('application/json') },
        { weight: 1, arbitrary: fc.constantFrom('APPLICATION/JSON; charset=utf-16', 'text/plain', ';;', '') },
      ),
      'client-request-id': fc.constantFrom('7d1bf7a1-7cfa-4a3b-a0a4-3a4a2c1d4e5f', 'é', 'x'.repeat(2000), ' '),
      'x-forwarded-host': fc.constantFrom('evil.example', '::', 'a b', 'a"b'),
      'x-forwarded-proto': fc.constantFrom('https', 'data', 'javascript'),
      accept: fc.constantFrom('*/*', 'text/html', ''),
    },
    { requiredKeys: ['authorization', 'content-type'] },
  ),
  body: bytes,
});

/** Values of `Host`, most of which are no part of any address. (The library of the Functions worker fails on those by itself.) */
export const hosts: fc.Arbitrary<string> = fc.constantFrom('127.0.0.1', '1.2.3.4.5', 'a:99999', 'a"b', '[:::::]');
