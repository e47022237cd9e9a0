/** What became of a row. */
export type Outcome = 'created' | 'unchanged' | 'rejected' | 'notAttempted';

/** One line of a report. */
export interface ReportRow {
  /** From 1, in the order of the manifest. */
  row: number;
  deviceId: string | null;
  outcome: Outcome;
  /** Object id of the device. */
  id: string | null;
  /** Code of the error, such as `Request_BadRequest`. */
  error: string | null;
  message: string | null;
  /** The property that is wrong. */
  field: string | null;
}
