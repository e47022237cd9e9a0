import { GraphError } from '../../contract/errors.ts';

/** No answer came; `reached` says whether the request may have arrived all the same. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly reached: boolean;

  constructor(reached: boolean, cause: unknown) {
    super('Microsoft Graph did not answer.', { cause });
    this.reached = reached;
  }
}

/** What came, or that nothing did. An answer that cannot be read is none. */
export async function answerOrNone<T>(send: () => Promise<T>): Promise<T | NoAnswer> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof NoAnswer) return error;
    if (isUnreadable(error)) return new NoAnswer(true, error);
    throw error;
  }
}

/** Whether an answer came that makes no sense, or is too long: the request was carried out or not, nobody can tell. */
export const isUnreadable = (error: unknown): boolean => error instanceof GraphError && error.status === 502;
