import { deviceRoles } from '../contract/directoryRoles.ts';
import pages from '../contract/generated/operations.json' with { type: 'json' };
import type { DirectoryObjectCreate } from '../contract/generated/types.ts';
import type { Operation } from './operation.ts';
import { notWritable, register, registeredDeviceBody } from './registeredDevices.ts';

/** Registers a device for the signed-in user. */
export const createMyRegisteredDevice: Operation<DirectoryObjectCreate> = {
  ...pages.createMyRegisteredDevice,
  body: registeredDeviceBody,
  rolesInGraph: deviceRoles,
  run: (input) => register(input, input.caller.id),
  current: notWritable,
};
