/** A run whose figures would say nothing: something failed, or what was answered is not what was kept. */
export class InvalidRun extends Error {
  override readonly name = 'InvalidRun';
}
