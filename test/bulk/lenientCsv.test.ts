import { box, cellsOf, csv, headings, otherBox } from './manifests.ts';
import { madeUpId, read, readRight } from './read.ts';

const plain = csv([cellsOf(box), cellsOf(otherBox)]);
const bothRows = [
  { row: 1, device: box },
  { row: 2, device: otherBox },
];

test('a CSV file is read row by row, in its order', async () => {
  const { rows, unknown } = await read(plain);
  expect(rows).toEqual([
    { row: 1, line: 2, value: { row: 1, device: box } },
    { row: 2, line: 3, value: { row: 2, device: otherBox } },
  ]);
  expect(unknown).toEqual([]);
});

test.each([
  ['a byte order mark', `\ufeff${plain}`],
  ['CRLF', plain.replaceAll('\n', '\r\n')],
  ['CR alone', plain.replaceAll('\n', '\r')],
  ['no end of the last line', plain.trimEnd()],
  ['semicolons', plain.replaceAll(',', ';')],
  ['tabs', plain.replaceAll(',', '\t')],
  ['every field in quotation marks', plain.replaceAll(/[^,\n]+/g, '"$&"')],
  ['blanks around fields', plain.replaceAll(',', ' , ')],
  ['blanks around quotation marks', plain.replaceAll(/[^,\n]+/g, ' "$&" ')],
  ['empty lines', `\n\r\n${plain.replaceAll('\n', '\n\n')}\n \n`],
  ['rows of nothing but delimiters', plain.replaceAll('\n', '\n,,,,,\n')],
  ['more delimiters than fields', plain.replaceAll('\n', ',,\n')],
])('csv: %s makes no difference', async (_what, manifest) => {
  expect(await readRight(manifest)).toEqual(bothRows);
});

test.each(['DEVICEID', 'Device Id', 'device_id', 'device-id', ' deviceid '])(
  "csv: the heading '%s' is deviceId",
  async (heading) => {
    const manifest = plain.replace('deviceId', heading).replace('operatingSystem,', 'Operating System,');
    expect(await readRight(manifest)).toEqual(bothRows);
  },
);

test('csv: columns may stand in any order', async () => {
  const manifest = csv([cellsOf(box).reverse(), cellsOf(otherBox).reverse()], [...headings].reverse());
  expect(await readRight(manifest)).toEqual(bothRows);
});

test('csv: columns that are not known, or set by the directory alone, are reported and not read', async () => {
  const head = ['Site', ...headings, 'isManaged', '', 'a'.repeat(100), ''];
  const cells = ['London', ...cellsOf(box), 'maybe', 'x', 'y'];
  const { rows, unknown } = await read(csv([cells], head));
  expect(rows).toEqual([{ row: 1, line: 2, value: { row: 1, device: box } }]);
  expect(unknown).toEqual(['Site', 'isManaged', 'column 9', 'a'.repeat(100)]);
});

test.each([
  ['true', true],
  ['TRUE', true],
  ['Yes', true],
  ['1', true],
  ['False', false],
  ['no', false],
  ['0', false],
])('csv: accountEnabled may be written as %s', async (cell, accountEnabled) => {
  const cells = cellsOf(box).with(headings.indexOf('accountEnabled'), cell);
  expect(await readRight(csv([cells]))).toEqual([{ row: 1, device: { ...box, accountEnabled } }]);
});

test('csv: keys and physicalIds are divided by blanks, extension attributes are columns, users are named', async () => {
  const keys = 'Y3YxN2E1MWFlYw==  AAEC';
  const head = [
    ...headings,
    'physicalIds',
    'extensionAttribute1',
    'Extension Attribute 15',
    'registeredUser',
    'Registered Owner',
  ];
  const cells = [
    ...cellsOf(box).with(5, keys),
    '[A]:1 [B]:2',
    'London',
    'blue',
    'Adele@Contoso.com',
    '98B7E341-E341-98B7-41E3-B79841E3B798',
  ];
  expect(await readRight(csv([cells], head))).toEqual([
    {
      row: 1,
      device: {
        ...box,
        alternativeSecurityIds: [
          { type: 2, key: 'Y3YxN2E1MWFlYw==' },
          { type: 2, key: 'AAEC' },
        ],
        physicalIds: ['[A]:1', '[B]:2'],
        extensionAttributes: { extensionAttribute1: 'London', extensionAttribute15: 'blue' },
      },
      registeredUser: 'adele@contoso.com',
      registeredOwner: '98b7e341-e341-98b7-41e3-b79841e3b798',
    },
  ]);
});

test('csv: a field in quotation marks may hold delimiters, doubled marks and line ends; lines are counted on', async () => {
  const name = '"The ""big"", blue;\r\none\r\n"';
  const { rows } = await read(csv([cellsOf(box).with(1, name), cellsOf(otherBox)]));
  expect(rows).toEqual([
    { row: 1, line: 2, value: { row: 1, device: { ...box, displayName: 'The "big", blue;\none\n' } } },
    { row: 2, line: 5, value: { row: 2, device: otherBox } },
  ]);
});

test('csv: a delimiter in a quoted heading does not count', async () => {
  const manifest = `"A,,,,,,,,,,",${plain.replace('\n', '\n,').replace(/\n(?=5d3)/, '\n,')}`.replaceAll(/,(?!,)/g, ';');
  expect(manifest.split('\n')[0]).toContain('";deviceId;');
  expect((await read(manifest)).unknown).toHaveLength(1);
});

test('csv: a deviceId and a key are made up when asked for, where a row has none', async () => {
  const generate = { deviceId: true, key: true };
  const rows = await readRight(csv([cellsOf(box), cellsOf(box).with(0, '').with(5, '')]), { generate });
  expect(rows[0]?.device).toEqual(box);
  expect(rows[1]?.device.deviceId).toBe(madeUpId);
  const key = rows[1]?.device.alternativeSecurityIds[0]?.key ?? '';
  expect(Buffer.from(key, 'base64')).toHaveLength(32);

  const without = csv([cellsOf(box).slice(1, 5)], headings.slice(1, 5));
  const made = await readRight(without, { generate, newKey: () => 'AAEC' });
  expect(made[0]?.device).toEqual({
    ...box,
    deviceId: madeUpId,
    alternativeSecurityIds: [{ type: 2, key: 'AAEC' }],
  });
});
