import pages from '../contract/generated/operations.json' with { type: 'json' };
import { userId } from '../contract/objectId.ts';
import { aboutOthers, answerList } from './lists.ts';
import type { Operation } from './operation.ts';

/** Lists what a user owns. */
export const listUserOwnedDevices: Operation = {
  ...pages.listUserOwnedDevices,
  forOthers: aboutOthers(pages.listUserOwnedDevices.permissions),
  run: (input) => answerList(input, { relation: 'ownedDevices', user: userId(input.params.usersId) }),
};
