import pages from '../contract/generated/operations.json' with { type: 'json' };
import type { Operation } from './operation.ts';

/** Reads the signed-in user. */
export const getMe: Operation = {
  ...pages.getMe,
  async run({ caller, query, directory }) {
    return { status: 200, context: 'users/$entity', entity: await directory.getUser(caller.id, query) };
  },
};
