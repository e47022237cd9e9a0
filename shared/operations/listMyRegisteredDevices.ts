import pages from '../contract/generated/operations.json' with { type: 'json' };
import type { Operation } from './operation.ts';
import { list } from './registeredDevices.ts';

/** Lists what is registered for the signed-in user. */
export const listMyRegisteredDevices: Operation = {
  ...pages.listMyRegisteredDevices,
  run: (input) => list(input, input.caller.id),
};
