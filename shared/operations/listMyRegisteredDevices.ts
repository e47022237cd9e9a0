import pages from '../contract/generated/operations.json' with { type: 'json' };
import { answerList } from './lists.ts';
import type { Operation } from './operation.ts';

/** Lists what is registered for the signed-in user. */
export const listMyRegisteredDevices: Operation = {
  ...pages.listMyRegisteredDevices,
  run: (input) => answerList(input, { relation: 'registeredDevices', user: input.caller.id }),
};
