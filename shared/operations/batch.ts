import pages from '../contract/generated/operations.json' with { type: 'json' };
import { readEnvelope, type BatchRequest } from './batch/envelope.ts';
import { inOrder } from './batch/inOrder.ts';
import { toResponses } from './batch/responses.ts';
import type { Operation } from './operation.ts';

/** Answers up to twenty requests in one. */
export const batch: Operation<readonly BatchRequest[]> = {
  ...pages.batch,
  holdsRequests: true,
  changesNothing: true,
  body: { parse: (text) => Promise.resolve(text).then(readEnvelope) },

  async run({ body, dispatcher }) {
    return { status: 200, json: toResponses(body, await inOrder(body, dispatcher())) };
  },
};
