import pages from '../contract/generated/operations.json' with { type: 'json' };
import { deviceReference } from '../contract/objectId.ts';
import { answerList } from './lists.ts';
import type { Operation } from './operation.ts';

/** Lists the registered users of a device. */
export const listDeviceRegisteredUsers: Operation = {
  ...pages.listDeviceRegisteredUsers,
  run: (input) => answerList(input, { relation: 'registeredUsers', device: deviceReference(input.params) }),
};
