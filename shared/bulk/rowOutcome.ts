import type { GraphError } from '../contract/errors.ts';
import type { ReportRow } from './report/reportRow.ts';
import { isWrong, type StoredRow } from './storedRow.ts';

/** What one attempt at a row can say. `deferred` goes back to the queue and never stands in a report. */
export type RowOutcome =
  | { row: number; outcome: 'created' | 'unchanged'; id: string }
  /** The row is wrong, and repeating cannot help. With an id the device is there, and it is the link that failed. */
  | { row: number; outcome: 'rejected'; error: GraphError; id?: string }
  /** @see retryAfterSeconds what the server asked for; undefined where it did not say */
  | { row: number; outcome: 'deferred'; error: GraphError; retryAfterSeconds: number | undefined };

/** What a report says of a row that has been attempted. */
export function toReportRow(deviceId: string, outcome: Exclude<RowOutcome, { outcome: 'deferred' }>): ReportRow {
  if (outcome.outcome !== 'rejected') {
    return { row: outcome.row, deviceId, outcome: outcome.outcome, id: outcome.id, ...nothingWrong };
  }
  const { code, message, details } = outcome.error;
  const [first] = details;
  return {
    row: outcome.row,
    deviceId,
    outcome: 'rejected',
    id: outcome.id ?? null,
    error: first?.code ?? code,
    message: details.length > 0 ? details.map((detail) => detail.message).join(' ') : message,
    field: first?.target ?? null,
  };
}

/** What a report says of a row that nobody attempted: it is wrong, or the job ended before. */
export function notAttempted(row: StoredRow): ReportRow {
  if (!isWrong(row)) {
    return { row: row.row, deviceId: row.device.deviceId, outcome: 'notAttempted', id: null, ...nothingWrong };
  }
  const { code, message, target = null } = row.problem;
  return {
    row: row.row,
    deviceId: row.deviceId ?? null,
    outcome: 'rejected',
    id: null,
    error: code,
    message,
    field: target,
  };
}

const nothingWrong = { error: null, message: null, field: null };
