import { deviceBody } from '../../contract/deviceBody.ts';
import type { DeviceCreate } from '../../contract/generated/types.ts';
import { GraphError, type ErrorDetail } from '../../contract/errors.ts';
import { userId } from '../../contract/objectId.ts';
import { links, type Row } from './row.ts';

/** What a row is, or all that is wrong with it. */
export type Checked = { value: Omit<Row, 'row'> } | { details: readonly ErrorDetail[] };

/** Makes up what a row may leave out; see `ReadOptions`. */
export interface Makers {
  deviceId?: (() => string) | undefined;
  key?: (() => string) | undefined;
}

/** Judges rows: each as `POST /devices` judges its body, and whether the users are named as addresses name them. */
export async function rowChecker(make: Makers): Promise<(value: unknown) => Checked> {
  const check = await deviceBody.checker();
  return (value) => checkRow(value, make, check);
}

function checkRow(value: unknown, make: Makers, check: (device: unknown) => DeviceCreate): Checked {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { details: [{ code: 'InvalidValue', message: 'A row is a JSON object with the properties of a device.' }] };
  }
  const { registeredUser, registeredOwner, ...device } = value as Record<string, unknown>;
  if (make.deviceId) device.deviceId ??= make.deviceId();
  if (make.key) device.alternativeSecurityIds ??= [{ type: 2, key: make.key() }];

  const details: ErrorDetail[] = [];
  const attempt = <T>(read: () => T, target?: string): T | undefined => {
    try {
      return read();
    } catch (thrown) {
      if (!(thrown instanceof GraphError)) throw thrown;
      details.push(...thrown.details.map((detail) => ({ ...detail, ...(target !== undefined && { target }) })));
      return undefined;
    }
  };
  const checked = attempt(() => check(device));
  const given = { registeredUser, registeredOwner };
  const users = Object.fromEntries(
    links
      .filter((link) => (given[link] ?? undefined) !== undefined)
      .map((link) => [link, attempt(() => userId(textOf(given[link])), link)]),
  );
  return checked && details.length === 0 ? { value: { device: checked, ...users } } : { details };
}

/** What is no text names no user. */
const textOf = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');
