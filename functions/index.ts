import type { Register } from './bindings/register.ts';
import { register as addDeviceRegisteredOwner } from './http/addDeviceRegisteredOwner.ts';
import { register as addDeviceRegisteredUser } from './http/addDeviceRegisteredUser.ts';
import { register as checkDeviceMemberGroups } from './http/checkDeviceMemberGroups.ts';
import { register as checkDeviceMemberObjects } from './http/checkDeviceMemberObjects.ts';
import { register as batch } from './http/batch.ts';
import { register as cancelRegistrationJob } from './http/cancelRegistrationJob.ts';
import { register as connector } from './http/connector.ts';
import { register as createDevice } from './http/createDevice.ts';
import { register as createMyRegisteredDevice } from './http/createMyRegisteredDevice.ts';
import { register as createRegistrationJob } from './http/createRegistrationJob.ts';
import { register as createUserRegisteredDevice } from './http/createUserRegisteredDevice.ts';
import { register as deleteDevice } from './http/deleteDevice.ts';
import { register as deleteDirectoryObject } from './http/deleteDirectoryObject.ts';
import { register as explorer } from './http/explorer.ts';
import { register as getDevice } from './http/getDevice.ts';
import { register as getDeviceMemberGroups } from './http/getDeviceMemberGroups.ts';
import { register as getDeviceMemberObjects } from './http/getDeviceMemberObjects.ts';
import { register as getDirectoryObject } from './http/getDirectoryObject.ts';
import { register as getDirectoryObjectsByIds } from './http/getDirectoryObjectsByIds.ts';
import { register as getMe } from './http/getMe.ts';
import { register as getRegistrationJob } from './http/getRegistrationJob.ts';
import { register as getRegistrationJobResults } from './http/getRegistrationJobResults.ts';
import { register as getUser } from './http/getUser.ts';
import { register as health } from './http/health.ts';
import { register as listDeviceMemberOf } from './http/listDeviceMemberOf.ts';
import { register as listDeviceRegisteredOwners } from './http/listDeviceRegisteredOwners.ts';
import { register as listDeviceRegisteredUsers } from './http/listDeviceRegisteredUsers.ts';
import { register as listDevices } from './http/listDevices.ts';
import { register as listDeviceTransitiveMemberOf } from './http/listDeviceTransitiveMemberOf.ts';
import { register as listMyOwnedDevices } from './http/listMyOwnedDevices.ts';
import { register as listMyRegisteredDevices } from './http/listMyRegisteredDevices.ts';
import { register as listUserOwnedDevices } from './http/listUserOwnedDevices.ts';
import { register as listRegistrationJobs } from './http/listRegistrationJobs.ts';
import { register as listUserRegisteredDevices } from './http/listUserRegisteredDevices.ts';
import { register as openapi } from './http/openapi.ts';
import { register as removeDeviceRegisteredOwner } from './http/removeDeviceRegisteredOwner.ts';
import { register as removeDeviceRegisteredUser } from './http/removeDeviceRegisteredUser.ts';
import { register as updateDevice } from './http/updateDevice.ts';
import { register as zUnmatched } from './http/zUnmatched.ts';
import { register as pickUpArrival } from './queue/pickUpArrival.ts';
import { register as registerRange } from './queue/registerRange.ts';
import { register as rejectPoison } from './queue/rejectPoison.ts';
import { register as pickUpManifests } from './timer/pickUpManifests.ts';
import { register as sweepJobs } from './timer/sweepJobs.ts';

/** All functions, once. */
export const functions: readonly Register[] = [
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
  registerRange,
  rejectPoison,
  pickUpArrival,
  sweepJobs,
  pickUpManifests,
  explorer,
  openapi,
  connector,
  health,
  zUnmatched,
];
