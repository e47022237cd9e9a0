import { GraphError } from '../../contract/errors.ts';
import type { GraphResponse } from '../answer.ts';
import type { Dispatch } from '../operation.ts';
import { keyOf, type BatchRequest } from './envelope.ts';
import { toHeldRequest } from './heldRequest.ts';

/**
 * Answers all requests: those that depend on nothing at once, in one turn of the event loop, the others when what they depend on
 * has succeeded. A request stands behind those that it depends on.
 * @returns the answers in the order of the requests
 */
export function inOrder(requests: readonly BatchRequest[], dispatch: Dispatch): Promise<GraphResponse[]> {
  const answers = new Map<string, Promise<GraphResponse>>();
  for (const request of requests) {
    const before = request.dependsOn.flatMap((key) => answers.get(key) ?? []);
    const send = (): Promise<GraphResponse> => dispatch(toHeldRequest(request));
    answers.set(keyOf(request.id), before.length === 0 ? send() : after(before, send, dispatch));
  }
  return Promise.all(answers.values());
}

async function after(
  before: readonly Promise<GraphResponse>[],
  send: () => Promise<GraphResponse>,
  dispatch: Dispatch,
): Promise<GraphResponse> {
  const hasFailed = (await Promise.all(before)).some(({ status }) => status >= 400);
  return hasFailed ? dispatch(failedDependency()) : send();
}

const failedDependency = (): GraphError =>
  new GraphError('FailedDependency', 'A request that this one depends on failed; it was not carried out.');
