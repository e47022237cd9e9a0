import { deviceReference } from '../contract/objectId.ts';
import pages from '../contract/generated/operations.json' with { type: 'json' };
import type { Operation } from './operation.ts';

/** Reads one device. */
export const getDevice: Operation = {
  ...pages.getDevice,
  async run({ params, query, directory }) {
    const entity = await directory.getDevice(deviceReference(params), query);
    return { status: 200, context: 'devices/$entity', entity };
  },
};
