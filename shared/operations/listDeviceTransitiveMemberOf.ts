import pages from '../contract/generated/operations.json' with { type: 'json' };
import { deviceReference } from '../contract/objectId.ts';
import { answerList } from './lists.ts';
import type { Operation } from './operation.ts';

/** Lists what a device is a member of, also through other groups. */
export const listDeviceTransitiveMemberOf: Operation = {
  ...pages.listDeviceTransitiveMemberOf,
  run: (input) => answerList(input, { relation: 'transitiveMemberOf', device: deviceReference(input.params) }),
};
