import { objectId } from '../contract/objectId.ts';
import pages from '../contract/generated/operations.json' with { type: 'json' };
import type { Operation } from './operation.ts';

/** Reads one device by its object id. */
export const getDevice: Operation = {
  ...pages.getDevice,
  async run({ params, directory }) {
    return { status: 200, context: 'devices/$entity', entity: await directory.getDevice(objectId(params.id)) };
  },
};
