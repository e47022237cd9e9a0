import fc from 'fast-check';

const device = {
  accountEnabled: true,
  alternativeSecurityIds: [{ type: 2, key: 'Y3YxN2E1MWFlYw==' }],
  deviceId: '4c299165-6e8f-4b45-a5ba-c5d250a707ff',
  displayName: 'linuxBox',
  operatingSystem: 'linux',
  operatingSystemVersion: '6.1',
};
const unknown = '98b7e341-e341-98b7-41e3-b79841e3b798';

const rightUrl = fc.constantFrom(
  '/devices',
  'devices',
  '/me',
  `/devices/${unknown}`,
  `/devices/${unknown}?$select=id`,
  "/devices(deviceId='4c299165-6e8f-4b45-a5ba-c5d250a707ff')",
  '/devices%28deviceId=%274c299165-6e8f-4b45-a5ba-c5d250a707ff%27%29?$select=id,displayName',
  `/devices/${unknown}/registeredUsers/$ref`,
  '/me/registeredDevices',
  '/me/registeredDevices/graph.device/$count',
  '/users/adele@contoso.example/registeredDevices/$ref',
  '/$batch',
);
/** Pieces that are put into an address. */
const piece = fc.constantFrom(
  ...['/', '//', '..', '%', '%2F', '%00', '%zz', '%24ref', '%E0%A4%A', '?', '?$filter=', '#', "'", '"', '{', ' ', '\n'],
  ...[
    '\u0000',
    '\ud800',
    '🙂',
    'é',
    '$count',
    'graph.device',
    'http://evil.example',
    'x'.repeat(20_000),
    '/a'.repeat(3000),
  ],
);
const url = fc
  .tuple(rightUrl, fc.array(fc.record({ at: fc.nat(60), put: piece }), { maxLength: 3 }))
  .map(([right, changes]) =>
    changes.reduce<string>((text, { at, put }) => text.slice(0, at) + put + text.slice(at), right),
  );

/** Bodies that are put into the text in the end: `JSON.stringify` fails on such a depth. */
const extremes = { '"<deep>"': '['.repeat(5000) + ']'.repeat(5000), '"<long>"': `[${'0,'.repeat(20_000)}0]` };
const body = fc.oneof(
  { weight: 3, arbitrary: fc.uuid().map((deviceId) => ({ ...device, deviceId })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom(...Object.keys(device), '__proto__', '@odata.id', 'id'), fc.jsonValue({ maxDepth: 2 }))
      .map(([name, value]) => ({ ...device, [name]: value })),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>('<deep>', '<long>', '', 'YQ', null, {
      '@odata.id': `https://graph.microsoft.com/v1.0/devices/${unknown}`,
    }),
  },
);
const headers = fc.oneof(
  { weight: 5, arbitrary: fc.constant({ 'Content-Type': 'application/json' }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<object>(
      { 'CONTENT-TYPE': 'text/plain', authorization: 'Bearer e30.e30.' },
      { 'content-type': 'application/json', 'content-length': '99999999999', consistencylevel: 'eventual' },
      { 'Content-Type': 'application/json', 'client-request-id': 'é\n', traceparent: 'x', __proto__: 'x' },
    ),
  },
);

const request = (index: number): fc.Arbitrary<object> =>
  fc.record({
    id: fc.constant(String(index)),
    method: fc.constantFrom('POST', 'POST', 'GET', 'get', 'PATCH', 'DELETE', 'PUT', 'OPTIONS', 'TRACE', 'x y'),
    url,
    headers,
    body: fc.option(body, { nil: undefined }),
    dependsOn: fc.oneof(
      fc.constantFrom(undefined, []),
      fc.subarray(Array.from({ length: index }, (_, id) => String(id))),
    ),
  });

/** What makes of a batch that can be read one that mostly cannot. */
const fault = fc.record({
  at: fc.nat(21),
  name: fc.constantFrom('id', 'method', 'url', 'headers', 'body', 'dependsOn'),
  value: fc.oneof(
    fc.constantFrom<unknown>(undefined, '', '0', {}, { 'Content-Type': 1 }, ['0'], ['99'], 'x'.repeat(300)),
    fc.jsonValue({ maxDepth: 1 }),
  ),
});

const envelope = fc
  .integer({ min: 0, max: 21 })
  .chain((count) => fc.tuple(fc.tuple(...Array.from({ length: count }, (_, at) => request(at))), fc.option(fault)))
  .map(([requests, wrong]) =>
    requests.map((right, at) => (wrong?.at === at ? { ...right, [wrong.name]: wrong.value } : right)),
  )
  .map((requests) =>
    Object.entries(extremes).reduce((text, [name, put]) => text.replaceAll(name, put), JSON.stringify({ requests })),
  );

/** Texts of batches, most of which can be read as such; what is in them is wrong in every way. */
export const mutatedBatches: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: envelope },
  {
    weight: 2,
    arbitrary: fc
      .tuple(envelope, fc.nat(2000), fc.nat(5), fc.constantFrom('', '"', '{', ']', ',', '\\', '\u0000', 'null'))
      .map(([text, at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut)),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      fc.json(),
      fc.jsonValue().map((requests) => JSON.stringify({ requests })),
    ),
  },
);
