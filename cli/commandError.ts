import { exitCodes, type ExitCode } from './exitCodes.ts';

/** Why the command ends early; the message is for people, and has no stack behind it. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** The command was called in a way that it does not understand. */
export const wrongUse = (message: string): CommandError => new CommandError(exitCodes.refused, message);

/** The service answered 4xx; trying again would not help. */
export class RefusedError extends CommandError {
  readonly status: number;

  constructor(status: number, message: string) {
    super(exitCodes.refused, message);
    this.status = status;
  }
}
