/** How the command ends, for scripts. */
export const exitCodes = {
  done: 0,
  someRows: 1,
  refused: 2,
  failed: 3,
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** What `--help` says about them. */
export const exitCodesHelp = `Exit codes:
  0    every row was created or is there already; of a dry run, every row is right; of --undo, nothing is left
  1    some rows were rejected or not attempted; of --undo, some devices could not be deleted
  2    wrong use, or the service refused the request
  3    the service cannot be reached, the job failed as a whole, or it has vanished
  130  interrupted`;
