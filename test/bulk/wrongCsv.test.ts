import { box, cellsOf, csv, headings, otherBox } from './manifests.ts';
import { read, readError, readProblems } from './read.ts';

const right = cellsOf(box);
const wrongCell = (heading: string, cell: string): string =>
  csv([cellsOf(otherBox), right.with(headings.indexOf(heading), cell)]);

test.each([
  ['deviceId', '4c299165', 'InvalidValue', 'deviceId', /'4c299165' is not a right value: a GUID/],
  ['deviceId', '', 'PropertyRequired', 'deviceId', /A value is required for 'deviceId'/],
  ['displayName', 'x'.repeat(257), 'InvalidValue', 'displayName', /at most 256 characters/],
  ['operatingSystem', ' ', 'PropertyRequired', 'operatingSystem', /required/],
  ['accountEnabled', 'maybe', 'InvalidValue', 'accountEnabled', /'maybe'.*true, false, yes, no, 1 or 0/],
  ['accountEnabled', '', 'PropertyRequired', 'accountEnabled', /required/],
  ['alternativeSecurityIds', 'AAEC %', 'InvalidValue', 'alternativeSecurityIds[1].key', /'%'.*base64/],
  ['alternativeSecurityIds', '', 'PropertyRequired', 'alternativeSecurityIds', /required/],
  ['alternativeSecurityIds', 'AAEC '.repeat(101), 'InvalidValue', 'alternativeSecurityIds', /at most 100 items/],
])('csv: %s %j is wrong, with line, heading and property', async (heading, cell, code, target, message) => {
  const { rows } = await read(wrongCell(heading, cell));
  expect(rows[0]).toHaveProperty('value');
  expect(rows[1]).toEqual({
    row: 2,
    line: 3,
    ...(heading !== 'deviceId' && { deviceId: box.deviceId }),
    ...(heading === 'deviceId' && cell !== '' && { deviceId: cell }),
    problems: [{ row: 2, line: 3, column: heading, code, target, message: expect.stringMatching(message) as string }],
  });
});

test('csv: all that is wrong with a row is named, under the headings of the file', async () => {
  const head = ['Device Id', ...headings.slice(1), 'EXTENSIONATTRIBUTE3', 'registered user'];
  const problems = await readProblems(
    csv([['x', 'name', '', '1', 'ja', '%', 'y'.repeat(1025), 'adele', 'superfluous']], head),
  );
  expect(problems.map(({ row, line, column, code }) => [row, line, column, code])).toEqual(
    expect.arrayContaining([
      [1, 2, 'Device Id', 'InvalidValue'],
      [1, 2, 'operatingSystem', 'PropertyRequired'],
      [1, 2, 'accountEnabled', 'InvalidValue'],
      [1, 2, 'alternativeSecurityIds', 'InvalidValue'],
      [1, 2, 'EXTENSIONATTRIBUTE3', 'InvalidValue'],
      [1, 2, 'registered user', 'InvalidValue'],
      [1, 2, undefined, 'TooManyFields'],
    ]),
  );
  expect(problems).toHaveLength(7);
});

test('csv: the later one of two rows with the same deviceId is wrong, in whatever case it is written', async () => {
  const again = right.with(0, box.deviceId.toUpperCase()).with(4, 'maybe');
  const { rows } = await read(csv([right, cellsOf(otherBox), again]));
  expect(rows.slice(0, 2).every((row) => 'value' in row)).toBe(true);
  expect(rows[2]).toMatchObject({
    line: 4,
    problems: [
      { code: 'InvalidValue', target: 'accountEnabled' },
      {
        row: 3,
        line: 4,
        column: 'deviceId',
        code: 'DuplicateDeviceId',
        target: 'deviceId',
        message: `'${box.deviceId.toUpperCase()}' is the deviceId of row 1 already.`,
      },
    ],
  });
});

test('csv: a row after a wrong one is read', async () => {
  const { rows } = await read(csv([right.with(0, 'x'), right, ['y'], cellsOf(otherBox)]));
  expect(rows.map((row) => ('value' in row ? row.value.device.displayName : row.problems.length))).toEqual([
    1,
    'linuxBox',
    6,
    'otherBox',
  ]);
});

test.each([
  ['The manifest holds no rows.', undefined, undefined, ''],
  ['The manifest holds no rows.', undefined, undefined, '\n\n'],
  ['The manifest holds no rows.', undefined, undefined, csv([])],
  ['Line 2: The first row names no column that is known', 2, undefined, '\nname,system\nx,y\n'],
  [
    'Line 1: The heading row lacks what every device needs: displayName, operatingSystem.',
    1,
    undefined,
    csv([right], headings.with(1, 'x').with(2, 'y')),
  ],
  [
    "Line 1, column 'Device Id': 'Device Id' and 'deviceId' both are the column 'deviceId'.",
    1,
    'Device Id',
    csv([right], headings.with(1, 'Device Id')),
  ],
  ['Line 3: A quotation mark opens a field that never ends.', 3, undefined, csv([right, right.with(1, '"never')])],
  [
    "Line 3, column 'displayName': A quotation mark stands where none can",
    3,
    'displayName',
    csv([right, right.with(1, '"a" b')]),
  ],
  [
    "Line 3, column 'displayName': A quotation mark stands where none can",
    3,
    'displayName',
    csv([right, right.with(1, '24" x "')]),
  ],
  ['Line 3: A quotation mark stands where none can', 3, undefined, `\n\n"x"y${csv([right])}`],
  [
    'Line 3: The row that begins here is longer than 65536 characters',
    3,
    undefined,
    csv([right, right.with(1, 'x'.repeat(70_000))]),
  ],
])('no CSV manifest: %s', async (message, line, column, manifest) => {
  for (const chunk of [Infinity, 1000, 3]) {
    const error = await readError(manifest, { chunk });
    expect(error.message).toContain(message);
    expect(error).toMatchObject({ line, column });
  }
});
