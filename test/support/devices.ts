import { randomUUID } from 'node:crypto';
import type { DeviceCreate } from '../../shared/contract/generated/types.ts';

/** A device that nobody has registered yet. */
export const linuxBox = (changes: Partial<DeviceCreate> = {}): DeviceCreate => ({
  accountEnabled: true,
  alternativeSecurityIds: [{ type: 2, key: 'Y3YxN2E1MWFlYw==' }],
  deviceId: randomUUID(),
  displayName: 'linuxBox',
  operatingSystem: 'linux',
  operatingSystemVersion: '6.1',
  ...changes,
});
