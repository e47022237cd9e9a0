import pages from '../contract/generated/operations.json' with { type: 'json' };
import { answerList } from './lists.ts';
import type { Operation } from './operation.ts';

/** Lists the devices of the organization. */
export const listDevices: Operation = {
  ...pages.listDevices,
  run: (input) => answerList(input, { relation: 'devices' }),
};
