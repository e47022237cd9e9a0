import type { DeviceCreate } from '../../shared/contract/generated/types.ts';
import { linuxBox } from '../support/devices.ts';

/** Headings of the columns that every device needs. */
export const headings = [
  'deviceId',
  'displayName',
  'operatingSystem',
  'operatingSystemVersion',
  'accountEnabled',
  'alternativeSecurityIds',
];

/** The cells of a device under {@link headings}. */
export const cellsOf = (device: DeviceCreate): string[] => [
  device.deviceId,
  device.displayName,
  device.operatingSystem,
  device.operatingSystemVersion,
  String(device.accountEnabled),
  device.alternativeSecurityIds.map(({ key }) => key).join(' '),
];

/** A CSV file of these rows, none of whose cells needs quotation marks. */
export const csv = (rows: readonly (readonly string[])[], head = headings): string =>
  [head, ...rows].map((cells) => `${cells.join(',')}\n`).join('');

/** The same device in every test that does not say otherwise. */
export const box = linuxBox({ deviceId: '4c299165-6e8f-4b45-a5ba-c5d250a707ff' });

/** Another one. */
export const otherBox = linuxBox({ deviceId: '5d3aa276-7f90-4c56-b6cb-d6e361b81800', displayName: 'otherBox' });
