import pages from '../contract/generated/operations.json' with { type: 'json' };
import { userId } from '../contract/objectId.ts';
import type { Operation } from './operation.ts';

/** Reads one user. */
export const getUser: Operation = {
  ...pages.getUser,
  // User.Read is about the signed-in user alone.
  forOthers: { delegated: pages.getUser.permissions.delegated.filter((name) => name !== 'User.Read') },
  async run({ params, directory }) {
    return { status: 200, context: 'users/$entity', entity: await directory.getUser(userId(params.usersId)) };
  },
};
