import { box, otherBox } from './manifests.ts';
import { madeUpId, read, readError, readProblems, readRight } from './read.ts';

const [one, two] = [JSON.stringify(box), JSON.stringify(otherBox)];
const bothRows = [
  { row: 1, device: box },
  { row: 2, device: otherBox },
];

test.each([
  ['an object with a list', `{"value":[${one},${two}]}`],
  ['a list', `[${one},${two}]`],
  ['an answer of the API', `{"@odata.context":"a[\\"{,","@odata.count":2,"isAll":true,"value":[${one},${two}]}`],
  ['members behind the list', `{"value":[${one},${two}],"next":{"value":[1,{}]},"x":null}`],
  ['blanks and line ends', `\ufeff \r\n{ "value" : [\r\n ${one} \n,\n\t${two}\n ] \n } \n`],
  ['indentation', JSON.stringify({ value: [box, otherBox] }, undefined, 2)],
])('json: %s is a manifest', async (_what, manifest) => {
  for (const chunk of [Infinity, 1, 7]) {
    expect(await readRight(manifest, { format: 'json', chunk })).toEqual(bothRows);
  }
});

test('json: brackets, commas and quotation marks in texts are texts', async () => {
  const odd = { ...box, displayName: '],[{}"\\"\\\\,' };
  expect(await readRight(JSON.stringify({ value: [odd] }), { format: 'json' })).toEqual([{ row: 1, device: odd }]);
});

test('json lines: each line is a row, empty lines are none', async () => {
  const manifest = `\ufeff${one}\r\n\r\n \n${two}`;
  for (const chunk of [Infinity, 1, 7]) {
    const { rows } = await read(manifest, { format: 'jsonLines', chunk });
    expect(rows).toEqual([
      { row: 1, line: 1, value: { row: 1, device: box } },
      { row: 2, line: 4, value: { row: 2, device: otherBox } },
    ]);
  }
});

test('json lines: properties have the shapes of the API, and users stand beside them', async () => {
  const device = {
    ...box,
    alternativeSecurityIds: [{ type: 1, identityProvider: null, key: 'AAEC' }],
    extensionAttributes: { extensionAttribute1: null },
    extension_0123456789abcdef0123456789abcdef_size: 5,
  };
  const manifest = JSON.stringify({ ...device, registeredUser: 'Adele@contoso.com', registeredOwner: null });
  expect(await readRight(manifest, { format: 'jsonLines' })).toEqual([
    { row: 1, device, registeredUser: 'adele@contoso.com' },
  ]);
});

test('json lines: a deviceId and a key are made up when asked for', async () => {
  const { deviceId: _deviceId, alternativeSecurityIds: _keys, ...rest } = box;
  const options = { generate: { deviceId: true, key: true }, newKey: () => 'AAEC' };
  expect(await readRight(JSON.stringify(rest), { format: 'jsonLines', ...options })).toEqual([
    { row: 1, device: { ...rest, deviceId: madeUpId, alternativeSecurityIds: [{ type: 2, key: 'AAEC' }] } },
  ]);
  expect(await readProblems(JSON.stringify(rest), { format: 'jsonLines' })).toHaveLength(2);
});

test.each([
  ['{"deviceId": "x" "y"}', 2, 18, 'InvalidJson', undefined],
  ['{"deviceId": }', 2, undefined, 'InvalidJson', undefined],
  ['5', 2, undefined, 'InvalidValue', undefined],
  ['null', 2, undefined, 'InvalidValue', undefined],
  ['[]', 2, undefined, 'InvalidValue', undefined],
  [JSON.stringify({ ...otherBox, color: 'red' }), 2, undefined, 'PropertyUnknown', 'color'],
  [JSON.stringify({ ...otherBox, isManaged: true }), 2, undefined, 'PropertyReadOnly', 'isManaged'],
  [JSON.stringify({ ...otherBox, accountEnabled: 'true' }), 2, undefined, 'InvalidValue', 'accountEnabled'],
  [JSON.stringify({ ...otherBox, registeredUser: 5 }), 2, undefined, 'InvalidValue', 'registeredUser'],
  [JSON.stringify({ ...otherBox, registeredOwner: 'adele' }), 2, undefined, 'InvalidValue', 'registeredOwner'],
  [one, 2, undefined, 'DuplicateDeviceId', 'deviceId'],
])('json: the row %s is wrong, and no other', async (text, line, column, code, target) => {
  const problem = {
    row: 2,
    line,
    ...(column !== undefined && { column }),
    code,
    ...(target !== undefined && { target }),
    message: expect.any(String) as string,
  };
  const third = JSON.stringify({ ...box, deviceId: madeUpId });
  const lines = await read(`${one}\n${text}\n${third}`, { format: 'jsonLines' });
  expect(lines.rows.map((row) => ('problems' in row ? row.problems : []))).toEqual([[], [problem], []]);
  const list = await read(`[${one},\n${text},${third}]`, { format: 'json' });
  expect(list.rows.map((row) => ('problems' in row ? row.problems : []))).toEqual([[], [problem], []]);
});

test('json: where broken JSON is in a row of several lines is told', async () => {
  const [problem] = await readProblems(`{"value": [\n  {\n    "deviceId": "x",\n    'y': 1 } ]}`, { format: 'json' });
  expect(problem).toMatchObject({ row: 1, line: 4, column: 5, code: 'InvalidJson' });
  expect(problem?.message).not.toContain('position');
});

test.each([
  ['A list of devices is expected', undefined, undefined, ''],
  ['A list of devices is expected', undefined, undefined, '{}'],
  ['A list of devices is expected', undefined, undefined, '{"value":{}}'],
  ['A list of devices is expected', undefined, undefined, one],
  ['A list of devices is expected', undefined, undefined, '{"devices":[]}'],
  ['A list of devices is expected', undefined, undefined, '[1] [2]'],
  ['A list of devices is expected', undefined, undefined, '{"value":[1],"value":[2]}'],
  ['A list of devices is expected', undefined, undefined, '{"value":[1],}'],
  ['The manifest holds no rows.', undefined, undefined, '[]'],
  ['The manifest holds no rows.', undefined, undefined, '{"value":[\n]}'],
  ['Line 2, column 2: A row is missing.', 2, 2, '[1,\n , 2]'],
  ['Line 2, column 1: A row is missing.', 2, 1, '[1,\n]'],
  ["Line 2, column 2: '}' is not expected here.", 2, 2, '[\n 1}'],
  ['Line 2, column 1: The list of devices does not end.', 2, 1, '{"value":[1,\n{"a":1}'],
  ['Line 2, column 1: The row that begins here is longer than 65536', 2, 1, `[\n"${'x'.repeat(70_000)}"]`],
])('no JSON manifest: %s', async (message, line, column, manifest) => {
  for (const chunk of [Infinity, 1000, 3]) {
    const error = await readError(manifest, { format: 'json', chunk });
    expect(error.message).toContain(message);
    expect(error).toMatchObject({ line, column });
  }
});

test('json lines: a line that is too long is told with its number', async () => {
  for (const chunk of [Infinity, 1000]) {
    const error = await readError(`${one}\n"${'x'.repeat(70_000)}"\n`, { format: 'jsonLines', chunk });
    expect(error.message).toBe('Line 2: The line is longer than 65536 characters.');
  }
  await expect(readError('\n \n', { format: 'jsonLines' })).resolves.toMatchObject({
    message: 'The manifest holds no rows.',
  });
});
