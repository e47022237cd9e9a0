import { deviceRoles } from '../contract/directoryRoles.ts';
import pages from '../contract/generated/operations.json' with { type: 'json' };
import type { DirectoryObjectCreate } from '../contract/generated/types.ts';
import { userId } from '../contract/objectId.ts';
import type { Operation } from './operation.ts';
import { notWritable, register, registeredDeviceBody } from './registeredDevices.ts';

/** Registers a device for a user. */
export const createUserRegisteredDevice: Operation<DirectoryObjectCreate> = {
  ...pages.createUserRegisteredDevice,
  body: registeredDeviceBody,
  rolesInGraph: deviceRoles,
  // The roles that may write the link from the device's side; docs/callers.md.
  forOthers: { directoryRoles: deviceRoles },
  run: (input) => register(input, userId(input.params.usersId)),
  current: notWritable,
};
