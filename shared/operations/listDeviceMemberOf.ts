import pages from '../contract/generated/operations.json' with { type: 'json' };
import { deviceReference } from '../contract/objectId.ts';
import { answerList } from './lists.ts';
import type { Operation } from './operation.ts';

/** Lists what a device is a direct member of. */
export const listDeviceMemberOf: Operation = {
  ...pages.listDeviceMemberOf,
  run: (input) => answerList(input, { relation: 'memberOf', device: deviceReference(input.params) }),
};
