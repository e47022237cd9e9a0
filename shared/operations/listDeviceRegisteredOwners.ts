import pages from '../contract/generated/operations.json' with { type: 'json' };
import { deviceReference } from '../contract/objectId.ts';
import { answerList } from './lists.ts';
import type { Operation } from './operation.ts';

/** Lists the owners of a device. */
export const listDeviceRegisteredOwners: Operation = {
  ...pages.listDeviceRegisteredOwners,
  run: (input) => answerList(input, { relation: 'registeredOwners', device: deviceReference(input.params) }),
};
