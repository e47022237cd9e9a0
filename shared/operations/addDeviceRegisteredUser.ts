import { deviceRoles } from '../contract/directoryRoles.ts';
import pages from '../contract/generated/operations.json' with { type: 'json' };
import type { DirectoryObjectAdd } from '../contract/generated/types.ts';
import { deviceReference } from '../contract/objectId.ts';
import { readUserReference } from '../contract/references.ts';
import { linkBody, onlyWithRole } from './deviceLinks.ts';
import type { Operation } from './operation.ts';

/** Makes a user a registered user of a device. */
export const addDeviceRegisteredUser: Operation<DirectoryObjectAdd> = {
  ...pages.addDeviceRegisteredUser,
  body: linkBody,
  rolesInGraph: deviceRoles,

  async run({ body, params, base, directory }) {
    const device = deviceReference(params);
    await directory.addReference(
      device,
      'registeredUsers',
      readUserReference(body['@odata.id'], base, directory.address),
    );
    return { status: 204 };
  },

  current: onlyWithRole(pages.addDeviceRegisteredUser.permissions),
};
