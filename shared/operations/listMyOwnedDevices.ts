import pages from '../contract/generated/operations.json' with { type: 'json' };
import { answerList } from './lists.ts';
import type { Operation } from './operation.ts';

/** Lists what the signed-in user owns. */
export const listMyOwnedDevices: Operation = {
  ...pages.listMyOwnedDevices,
  run: (input) => answerList(input, { relation: 'ownedDevices', user: input.caller.id }),
};
