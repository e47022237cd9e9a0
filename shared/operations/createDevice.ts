import { deviceBody } from '../contract/deviceBody.ts';
import { deviceRoles } from '../contract/directoryRoles.ts';
import { GraphError } from '../contract/errors.ts';
import pages from '../contract/generated/operations.json' with { type: 'json' };
import type { DeviceCreate } from '../contract/generated/types.ts';
import { cannotConvertBinary } from '../contract/schemaErrors.ts';
import type { Operation } from './operation.ts';

/** Registers a device. */
export const createDevice: Operation<DeviceCreate> = {
  ...pages.createDevice,
  body: deviceBody,
  rolesInGraph: deviceRoles,

  async run({ body, directory }) {
    const device = await directory.createDevice(body);
    return { status: 201, context: 'devices/$entity', entity: device, location: `devices/${device.id}` };
  },

  // docs/sources.md, rows 1, 3 and 12.
  current: {
    permissions: { ...pages.createDevice.permissions, application: [] },
    directoryRoles: deviceRoles,
    async run(input) {
      refuseUnlessBase64(input.body);
      return createDevice.run(input);
    },
  },
};

/** The documented sample key passes the schema; today's Graph refuses it. */
function refuseUnlessBase64({ alternativeSecurityIds }: DeviceCreate): void {
  const wrong = alternativeSecurityIds.flatMap(({ key }, index) => (key.length % 4 === 0 ? [] : [{ key, index }]));
  const [first] = wrong;
  if (!first) return;
  throw new GraphError('Request_BadRequest', cannotConvertBinary(first.key), {
    details: wrong.map(({ key, index }) => ({
      code: 'InvalidValue',
      target: `alternativeSecurityIds[${index}].key`,
      message: `'${key}' is not a right value: base64 text with padding such as 'Y3YxN2E1MWFlYw==' is expected.`,
    })),
  });
}
