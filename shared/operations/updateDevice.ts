import { jsonBody } from '../contract/body.ts';
import { deviceDeletionRoles, deviceRoles } from '../contract/directoryRoles.ts';
import { GraphError } from '../contract/errors.ts';
import pages from '../contract/generated/operations.json' with { type: 'json' };
import type { DeviceUpdate } from '../contract/generated/types.ts';
import { deviceReference } from '../contract/objectId.ts';
import type { Operation, OperationInput } from './operation.ts';

/** Changes properties of a device. */
export const updateDevice: Operation<DeviceUpdate> = {
  ...pages.updateDevice,
  body: jsonBody('deviceUpdate'),
  rolesInGraph: deviceDeletionRoles,
  // Who may delete devices may also switch them on and off, but change nothing else.
  rolesForBody: (body) => (changesOnly(body, 'accountEnabled') ? deviceDeletionRoles : deviceRoles),

  async run({ body, params, directory }) {
    await directory.updateDevice(deviceReference(params), body);
    return { status: 204 };
  },

  // docs/sources.md, rows 28 and 29.
  current: {
    directoryRoles: deviceDeletionRoles,
    async run(input) {
      if (input.caller.kind === 'application') await refuseUnlessWindows(input);
      return updateDevice.run(input);
    },
  },
};

const changesOnly = (body: DeviceUpdate, property: keyof DeviceUpdate): boolean =>
  Object.keys(body).every((name) => name === property || name === '@odata.type');

/** Today's Graph lets applications change other devices only in their extension attributes. */
async function refuseUnlessWindows({ body, params, directory }: OperationInput<DeviceUpdate>): Promise<void> {
  if (changesOnly(body, 'extensionAttributes')) return;
  const { operatingSystem } = (await directory.getDevice(deviceReference(params))).json.parse();
  if (/^windows/i.test(operatingSystem ?? '')) return;
  const message = 'Properties other than ExtendedAttribute1..15 can be modified only on windows devices.';
  throw new GraphError('Request_BadRequest', message);
}
