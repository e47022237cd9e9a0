import { isDeepStrictEqual } from 'node:util';
import { GraphError, type ErrorDetail } from '../contract/errors.ts';
import type { Device, DeviceCreate } from '../contract/generated/types.ts';

/** The error of a row whose deviceId belongs to a device with other values; undefined when all values of the row are there. */
export function differences(sent: DeviceCreate, there: Device): GraphError | undefined {
  const details = Object.entries(sent)
    .filter(([name]) => name !== '@odata.type' && name !== 'deviceId')
    .flatMap(([name, value]): ErrorDetail[] => {
      const found = (there as Record<string, unknown>)[name];
      if (isDeepStrictEqual(plain(value), plain(pick(found, value)))) return [];
      return [
        {
          code: 'DeviceDiffers',
          target: name,
          message: `'${name}' is ${short(found)} there, and ${short(value)} here.`,
        },
      ];
    });
  if (details.length === 0) return undefined;
  const [first] = details;
  const message = `A device with this deviceId is there already, with other values: ${first?.message ?? ''}`;
  return new GraphError('Request_BadRequest', message, {
    details: details.map((detail, index) => (index === 0 ? { ...detail, message } : detail)),
  });
}

/** Of a complex value those members that were sent: the directory adds the others. */
function pick(found: unknown, sent: unknown): unknown {
  if (Array.isArray(found) && Array.isArray(sent)) return found.map((item, index) => pick(item, sent[index]));
  if (!isObject(found) || !isObject(sent)) return found;
  return Object.fromEntries(Object.keys(sent).map((name) => [name, found[name]]));
}

/** A member that is null, and one that is not there, are the same. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isObject(value)) return value ?? null;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== null && member !== undefined)
      .map(([name, member]) => [name, plain(member)]),
  );
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const short = (value: unknown): string => {
  const text = JSON.stringify(value ?? null);
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
};
