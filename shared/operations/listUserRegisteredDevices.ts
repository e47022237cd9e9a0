import pages from '../contract/generated/operations.json' with { type: 'json' };
import { userId } from '../contract/objectId.ts';
import { aboutOthers, answerList } from './lists.ts';
import type { Operation } from './operation.ts';

/** Lists what is registered for a user. */
export const listUserRegisteredDevices: Operation = {
  ...pages.listUserRegisteredDevices,
  forOthers: aboutOthers(pages.listUserRegisteredDevices.permissions),
  run: (input) => answerList(input, { relation: 'registeredDevices', user: userId(input.params.usersId) }),
};
