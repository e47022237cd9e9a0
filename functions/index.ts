import type { Register } from './bindings/register.ts';
import { register as addDeviceRegisteredOwner } from './http/addDeviceRegisteredOwner.ts';
import { register as addDeviceRegisteredUser } from './http/addDeviceRegisteredUser.ts';
import { register as batch } from './http/batch.ts';
import { register as connector } from './http/connector.ts';
import { register as createDevice } from './http/createDevice.ts';
import { register as createMyRegisteredDevice } from './http/createMyRegisteredDevice.ts';
import { register as createUserRegisteredDevice } from './http/createUserRegisteredDevice.ts';
import { register as explorer } from './http/explorer.ts';
import { register as getDevice } from './http/getDevice.ts';
import { register as getMe } from './http/getMe.ts';
import { register as getUser } from './http/getUser.ts';
import { register as health } from './http/health.ts';
import { register as listMyRegisteredDevices } from './http/listMyRegisteredDevices.ts';
import { register as listUserRegisteredDevices } from './http/listUserRegisteredDevices.ts';
import { register as openapi } from './http/openapi.ts';
import { register as updateDevice } from './http/updateDevice.ts';
import { register as zUnmatched } from './http/zUnmatched.ts';

/** All functions, once. */
export const functions: readonly Register[] = [
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
  batch,
  explorer,
  openapi,
  connector,
  health,
  zUnmatched,
];
