import { createHash } from 'node:crypto';

const systems: readonly (readonly [string, readonly string[]])[] = [
  ['Windows', ['10.0.19045.4780', '10.0.22631.4037', '10.0.26100.1742']],
  ['linux', ['5.15', '6.1', '6.8']],
  ['MacMDM', ['14.6.1', '15.0']],
  ['AndroidForWork', ['13', '14']],
];
const people = ['adele', 'alex', 'diego', 'grady', 'isaiah', 'lidia', 'megan', 'nestor'];

/** The heading row of {@link deviceRows}, with its end. */
export const deviceHead =
  'deviceId,displayName,operatingSystem,operatingSystemVersion,accountEnabled,alternativeSecurityIds,registeredUser\n';

/** Rows of a manifest in CSV, each with its end. The same seed makes the same rows. */
export function* deviceRows(count: number, seed: string): Generator<string> {
  for (let row = 1; row <= count; row += 1) {
    const bytes = createHash('sha256').update(`${seed} ${row}`).digest();
    const [system, versions] = pick(systems, bytes[16]);
    const version = pick(versions, bytes[17]);
    const isEnabled = pick([true, true, true, false], bytes[18]);
    const user = pick([`${pick(people, bytes[19])}@contoso.com`, ''], bytes[20]);
    yield `${toGuid(bytes)},${system}-${row},${system},${version},${isEnabled},${bytes.toString('base64')},${user}\n`;
  }
}

function pick<T>(list: readonly T[], byte = 0): T {
  return list[byte % list.length] as T;
}

/** A GUID of version 4, of the first 16 bytes. */
function toGuid(bytes: Buffer): string {
  const hex = bytes.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`;
}
