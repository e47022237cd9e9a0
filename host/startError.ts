/** A mistake in the app or its settings for which the host does not start; the message is one line for people. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
