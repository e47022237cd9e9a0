import { deviceDeletionRoles } from '../contract/directoryRoles.ts';
import pages from '../contract/generated/operations.json' with { type: 'json' };
import { deviceReference } from '../contract/objectId.ts';
import type { Operation } from './operation.ts';

/** Deletes a device with all its links. */
export const deleteDevice: Operation = {
  ...pages.deleteDevice,
  rolesInGraph: deviceDeletionRoles,

  async run({ params, directory }) {
    await directory.deleteDevice(deviceReference(params));
    return { status: 204 };
  },

  current: { directoryRoles: deviceDeletionRoles },
};
