import { deviceRoles } from '../contract/directoryRoles.ts';
import pages from '../contract/generated/operations.json' with { type: 'json' };
import { deviceReference, objectId } from '../contract/objectId.ts';
import { onlyWithRole } from './deviceLinks.ts';
import type { Operation } from './operation.ts';

/** Takes a user from the owners of a device. */
export const removeDeviceRegisteredOwner: Operation = {
  ...pages.removeDeviceRegisteredOwner,
  rolesInGraph: deviceRoles,

  async run({ params, directory }) {
    await directory.removeReference(deviceReference(params), 'registeredOwners', objectId(params.userId, 'userId'));
    return { status: 204 };
  },

  current: onlyWithRole(pages.removeDeviceRegisteredOwner.permissions),
};
