import { jsonBody } from '../contract/body.ts';
import { deviceRoles } from '../contract/directoryRoles.ts';
import pages from '../contract/generated/operations.json' with { type: 'json' };
import type { DeviceUpdate } from '../contract/generated/types.ts';
import { deviceReference } from '../contract/objectId.ts';
import type { Operation } from './operation.ts';

/** Changes properties of a device. */
export const updateDevice: Operation<DeviceUpdate> = {
  ...pages.updateDevice,
  body: jsonBody('deviceUpdate'),
  rolesInGraph: deviceRoles,

  async run({ body, params, directory }) {
    await directory.updateDevice(deviceReference(params), body);
    return { status: 204 };
  },

  current: { directoryRoles: deviceRoles },
};
