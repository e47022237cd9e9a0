import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { ManifestError } from '../../shared/bulk/rows/manifestError.ts';
import { fromManifestLine, toManifestLine } from '../../shared/bulk/rows/manifestLine.ts';
import type { ManifestFormat } from '../../shared/bulk/rows/formatOf.ts';
import type { Row } from '../../shared/bulk/rows/row.ts';
import { GraphError } from '../../shared/contract/errors.ts';
import type { DeviceCreate } from '../../shared/contract/generated/types.ts';
import { createDevice } from '../../shared/operations/createDevice.ts';
import { box, headings } from './manifests.ts';
import { read, readProblems, readRight } from './read.ts';

/** Text of a cell: not blank, and line ends as they are read. */
const anyText = fc
  .oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }), fc.constantFrom('"', '","', 'a\nb', ' x ', ';'))
  .filter((text) => text.trim() !== '' && !/[\0\r]/.test(text));
const anyKey = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64'));
const anyDevice: fc.Arbitrary<DeviceCreate> = fc.record({
  deviceId: fc.uuid(),
  displayName: anyText,
  operatingSystem: anyText,
  operatingSystemVersion: anyText,
  accountEnabled: fc.boolean(),
  alternativeSecurityIds: fc.array(
    anyKey.map((key) => ({ type: 2, key })),
    { minLength: 1, maxLength: 3 },
  ),
});
const anyRows = fc
  .uniqueArray(
    fc.record(
      { device: anyDevice, registeredUser: fc.constantFrom('adele@contoso.com', 'grady@contoso.com') },
      { requiredKeys: ['device'] },
    ),
    { minLength: 1, maxLength: 8, selector: ({ device }) => device.deviceId },
  )
  .map((rows) => rows.map((row, index): Row => ({ row: index + 1, ...row })));
const anyChunk = fc.constantFrom(1, 2, 3, 10, 100, Infinity);

const quoted = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

function toCsv(rows: readonly Row[], delimiter: string, lineEnd: string): string {
  const lines = rows.map(({ device, registeredUser }) => [
    device.deviceId,
    device.displayName,
    device.operatingSystem,
    device.operatingSystemVersion,
    String(device.accountEnabled),
    device.alternativeSecurityIds.map(({ key }) => key).join(' '),
    registeredUser ?? '',
  ]);
  return [[...headings, 'registeredUser'], ...lines]
    .map((cells) => cells.map(quoted).join(delimiter) + lineEnd)
    .join('');
}

test('rows that are written as CSV are read as they were', async () => {
  const anyForm = fc.tuple(fc.constantFrom(',', ';', '\t'), fc.constantFrom('\n', '\r\n', '\r'), anyChunk);
  await fc.assert(
    fc.asyncProperty(anyRows, anyForm, async (rows, [delimiter, lineEnd, chunk]) => {
      expect(await readRight(toCsv(rows, delimiter, lineEnd), { chunk })).toEqual(rows);
    }),
  );
});

test('rows that are written as JSON or JSON Lines are read as they were', async () => {
  const anyIndent = fc.constantFrom(undefined, 1, '\t');
  await fc.assert(
    fc.asyncProperty(anyRows, anyChunk, anyIndent, async (rows, chunk, indent) => {
      const value = rows.map(({ device, registeredUser }) => ({ ...device, registeredUser }));
      const lines = value.map((row) => `${JSON.stringify(row)}\n`).join('');
      expect(await readRight(lines, { format: 'jsonLines', chunk })).toEqual(rows);
      expect(await readRight(JSON.stringify({ value }, undefined, indent), { format: 'json', chunk })).toEqual(rows);
      expect(await readRight(JSON.stringify(value, undefined, indent), { format: 'json', chunk })).toEqual(rows);
    }),
  );
});

test('a stored line holds its row', () => {
  fc.assert(
    fc.property(anyRows, (rows) => {
      for (const row of rows) {
        const line = toManifestLine(row);
        expect(line.indexOf('\n')).toBe(line.length - 1);
        expect(fromManifestLine(line)).toEqual(row);
      }
    }),
  );
});

test('a stored line of another version is not read', () => {
  const line = toManifestLine({ row: 1, device: box });
  expect(() => fromManifestLine(line.replace('"v":1', '"v":2'))).toThrow('version 2; 1 is expected');
  expect(() => fromManifestLine(JSON.stringify({ row: 1, device: box }))).toThrow('version undefined');
  expect(() => fromManifestLine(line.slice(1))).toThrow(SyntaxError);
});

test('a row is right, or wrong in the same words, where POST /devices says so', async () => {
  const anyMember = fc.tuple(
    fc.constantFrom(...headings, 'physicalIds', 'extensionAttributes', 'id', 'isManaged', 'color'),
    fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom(randomUUID(), [{ key: 'AAEC' }], 'x'.repeat(300))),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(anyMember, { maxLength: 3 }), async (members) => {
      const text = JSON.stringify({ ...box, ...Object.fromEntries(members) });
      const problems = await readProblems(text, { format: 'jsonLines' });
      expect(problems.map(({ code, target, message }) => ({ code, target, message }))).toEqual(await detailsOf(text));
    }),
    { numRuns: 200 },
  );
});

/** What `POST /devices` finds wrong with a body. */
async function detailsOf(text: string): Promise<{ code: string; target: string | undefined; message: string }[]> {
  try {
    await createDevice.body?.parse(text);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof GraphError)) throw thrown;
    return thrown.details.map(({ code, target, message }) => ({ code, target, message }));
  }
}

test('whatever comes is read or refused, the same in whatever chunks', async () => {
  const anyFormat = fc.constantFrom<ManifestFormat>('csv', 'jsonLines', 'json');
  const pieces = ['"', ',', '\n', '\r\n', '[', ']', '{', '}', '{"value":[', ':', ';', '\\', ' ', 'é', ...headings];
  const anyManifest = fc.oneof(
    fc.array(fc.constantFrom(...pieces), { maxLength: 30 }).map((parts) => Buffer.from(parts.join(''))),
    fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
    fc.tuple(anyRows, fc.nat(400)).map(([rows, end]) => Buffer.from(toCsv(rows, ',', '\n').slice(0, end))),
  );
  const outcome = (manifest: Buffer, format: ManifestFormat, chunk: number): Promise<unknown> =>
    read(manifest, { format, chunk }).catch((thrown: unknown) => {
      if (thrown instanceof ManifestError) return thrown.message;
      throw thrown;
    });
  await fc.assert(
    fc.asyncProperty(anyManifest, anyFormat, anyChunk, async (manifest, format, chunk) => {
      expect(await outcome(manifest, format, chunk)).toEqual(await outcome(manifest, format, Infinity));
    }),
    { numRuns: 500 },
  );
});
