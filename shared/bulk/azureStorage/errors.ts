/** What a storage service says of a request that it refuses. */
interface StorageError {
  statusCode?: number;
}

/**
 * What an operation gives, or something else where the service refuses it with one of these statuses: 404 is not there, 409 is
 * there already, 412 has changed, 416 is beyond the end.
 */
export async function unlessRefused<T, O>(
  operation: Promise<T>,
  statuses: readonly number[],
  otherwise: O,
): Promise<T | O> {
  try {
    return await operation;
  } catch (error) {
    const { statusCode } = error as StorageError;
    if (statusCode !== undefined && statuses.includes(statusCode)) return otherwise;
    throw error;
  }
}

/** Does something once; a failure does not count. */
export function once(action: () => Promise<unknown>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () =>
    (done ??= action().then(
      () => undefined,
      (error: unknown) => {
        done = undefined;
        throw error;
      },
    ));
}
