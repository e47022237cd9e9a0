import pages from '../contract/generated/operations.json' with { type: 'json' };
import { userId } from '../contract/objectId.ts';
import type { Operation } from './operation.ts';

/** Reads one user. */
export const getUser: Operation = {
  ...pages.getUser,
  // Permissions without `.All` are about the signed-in user alone.
  forOthers: { delegated: pages.getUser.permissions.delegated.filter((name) => name.endsWith('.All')) },
  async run({ params, query, directory }) {
    return { status: 200, context: 'users/$entity', entity: await directory.getUser(userId(params.usersId), query) };
  },
};
