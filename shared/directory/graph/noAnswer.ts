/** No answer came; `reached` says whether the request may have arrived all the same. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  readonly reached: boolean;

  constructor(reached: boolean, cause: unknown) {
    super('Microsoft Graph did not answer.', { cause });
    this.reached = reached;
  }
}
