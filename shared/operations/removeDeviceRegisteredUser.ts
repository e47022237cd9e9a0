import { deviceRoles } from '../contract/directoryRoles.ts';
import pages from '../contract/generated/operations.json' with { type: 'json' };
import { deviceReference, objectId } from '../contract/objectId.ts';
import { onlyWithRole } from './deviceLinks.ts';
import type { Operation } from './operation.ts';

/** Takes a user from the registered users of a device. */
export const removeDeviceRegisteredUser: Operation = {
  ...pages.removeDeviceRegisteredUser,
  rolesInGraph: deviceRoles,

  async run({ params, directory }) {
    await directory.removeReference(deviceReference(params), 'registeredUsers', objectId(params.userId, 'userId'));
    return { status: 204 };
  },

  current: onlyWithRole(pages.removeDeviceRegisteredUser.permissions),
};
