import { createDevice } from './operations/createDevice.ts';
import { createMyRegisteredDevice } from './operations/createMyRegisteredDevice.ts';
import { createUserRegisteredDevice } from './operations/createUserRegisteredDevice.ts';
import { getDevice } from './operations/getDevice.ts';
import { listMyRegisteredDevices } from './operations/listMyRegisteredDevices.ts';
import { listUserRegisteredDevices } from './operations/listUserRegisteredDevices.ts';
import type { Operation } from './operations/operation.ts';

/** The one list of operations. */
export const operations: readonly Operation[] = [
  createDevice,
  getDevice,
  createMyRegisteredDevice,
  createUserRegisteredDevice,
  listMyRegisteredDevices,
  listUserRegisteredDevices,
];
