import pages from '../contract/generated/operations.json' with { type: 'json' };
import { userId } from '../contract/objectId.ts';
import { answerList } from './lists.ts';
import type { Operation } from './operation.ts';

/** Lists what is registered for a user. */
export const listUserRegisteredDevices: Operation = {
  ...pages.listUserRegisteredDevices,
  // User.Read is about the signed-in user alone.
  forOthers: {
    delegated: pages.listUserRegisteredDevices.permissions.delegated.filter((name) => name !== 'User.Read'),
  },
  run: (input) => answerList(input, { relation: 'registeredDevices', user: userId(input.params.usersId) }),
};
