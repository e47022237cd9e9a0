import { cancelRegistrationJob } from './bulk/operations/cancelRegistrationJob.ts';
import { createRegistrationJob } from './bulk/operations/createRegistrationJob.ts';
import { getRegistrationJob } from './bulk/operations/getRegistrationJob.ts';
import { getRegistrationJobResults } from './bulk/operations/getRegistrationJobResults.ts';
import { listRegistrationJobs } from './bulk/operations/listRegistrationJobs.ts';
import { addDeviceRegisteredOwner } from './operations/addDeviceRegisteredOwner.ts';
import { addDeviceRegisteredUser } from './operations/addDeviceRegisteredUser.ts';
import { createDevice } from './operations/createDevice.ts';
import { createMyRegisteredDevice } from './operations/createMyRegisteredDevice.ts';
import { createUserRegisteredDevice } from './operations/createUserRegisteredDevice.ts';
import { getDevice } from './operations/getDevice.ts';
import { getMe } from './operations/getMe.ts';
import { getUser } from './operations/getUser.ts';
import { listMyRegisteredDevices } from './operations/listMyRegisteredDevices.ts';
import { listUserRegisteredDevices } from './operations/listUserRegisteredDevices.ts';
import { updateDevice } from './operations/updateDevice.ts';
import type { Operation } from './operations/operation.ts';

/** The one list of operations. */
export const operations: readonly Operation[] = [
  createDevice,
  getDevice,
  updateDevice,
  addDeviceRegisteredUser,
  addDeviceRegisteredOwner,
  createMyRegisteredDevice,
  createUserRegisteredDevice,
  listMyRegisteredDevices,
  listUserRegisteredDevices,
  getMe,
  getUser,
  createRegistrationJob,
  getRegistrationJob,
  listRegistrationJobs,
  getRegistrationJobResults,
  cancelRegistrationJob,
];
