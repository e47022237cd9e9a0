import { cancelRegistrationJob } from './bulk/operations/cancelRegistrationJob.ts';
import { createRegistrationJob } from './bulk/operations/createRegistrationJob.ts';
import { getRegistrationJob } from './bulk/operations/getRegistrationJob.ts';
import { getRegistrationJobResults } from './bulk/operations/getRegistrationJobResults.ts';
import { listRegistrationJobs } from './bulk/operations/listRegistrationJobs.ts';
import { addDeviceRegisteredOwner } from './operations/addDeviceRegisteredOwner.ts';
import { addDeviceRegisteredUser } from './operations/addDeviceRegisteredUser.ts';
import { checkDeviceMemberGroups } from './operations/checkDeviceMemberGroups.ts';
import { checkDeviceMemberObjects } from './operations/checkDeviceMemberObjects.ts';
import { batch } from './operations/batch.ts';
import { createDevice } from './operations/createDevice.ts';
import { createMyRegisteredDevice } from './operations/createMyRegisteredDevice.ts';
import { createUserRegisteredDevice } from './operations/createUserRegisteredDevice.ts';
import { deleteDevice } from './operations/deleteDevice.ts';
import { deleteDirectoryObject } from './operations/deleteDirectoryObject.ts';
import { getDevice } from './operations/getDevice.ts';
import { getDeviceMemberGroups } from './operations/getDeviceMemberGroups.ts';
import { getDeviceMemberObjects } from './operations/getDeviceMemberObjects.ts';
import { getDirectoryObject } from './operations/getDirectoryObject.ts';
import { getDirectoryObjectsByIds } from './operations/getDirectoryObjectsByIds.ts';
import { getMe } from './operations/getMe.ts';
import { getUser } from './operations/getUser.ts';
import { listDeviceMemberOf } from './operations/listDeviceMemberOf.ts';
import { listDeviceRegisteredOwners } from './operations/listDeviceRegisteredOwners.ts';
import { listDeviceRegisteredUsers } from './operations/listDeviceRegisteredUsers.ts';
import { listDevices } from './operations/listDevices.ts';
import { listDeviceTransitiveMemberOf } from './operations/listDeviceTransitiveMemberOf.ts';
import { listMyOwnedDevices } from './operations/listMyOwnedDevices.ts';
import { listMyRegisteredDevices } from './operations/listMyRegisteredDevices.ts';
import { listUserOwnedDevices } from './operations/listUserOwnedDevices.ts';
import { listUserRegisteredDevices } from './operations/listUserRegisteredDevices.ts';
import { removeDeviceRegisteredOwner } from './operations/removeDeviceRegisteredOwner.ts';
import { removeDeviceRegisteredUser } from './operations/removeDeviceRegisteredUser.ts';
import { updateDevice } from './operations/updateDevice.ts';
import type { Operation } from './operations/operation.ts';

/** The one list of operations. */
export const operations: readonly Operation[] = [
  createDevice,
  listDevices,
  getDevice,
  updateDevice,
  deleteDevice,
  listDeviceRegisteredUsers,
  addDeviceRegisteredUser,
  removeDeviceRegisteredUser,
  listDeviceRegisteredOwners,
  addDeviceRegisteredOwner,
  removeDeviceRegisteredOwner,
  listDeviceMemberOf,
  listDeviceTransitiveMemberOf,
  checkDeviceMemberGroups,
  checkDeviceMemberObjects,
  getDeviceMemberGroups,
  getDeviceMemberObjects,
  createMyRegisteredDevice,
  createUserRegisteredDevice,
  listMyRegisteredDevices,
  listUserRegisteredDevices,
  listMyOwnedDevices,
  listUserOwnedDevices,
  getMe,
  getUser,
  getDirectoryObject,
  deleteDirectoryObject,
  getDirectoryObjectsByIds,
  batch,
  createRegistrationJob,
  getRegistrationJob,
  listRegistrationJobs,
  getRegistrationJobResults,
  cancelRegistrationJob,
];
