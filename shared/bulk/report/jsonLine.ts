import type { ReportRow } from './reportRow.ts';

/** A row of a report in JSON Lines, with its end; members in the order of the columns of CSV. */
export const toJsonLine = ({ row, deviceId, outcome, id, error, message, field }: ReportRow): string =>
  `${JSON.stringify({ row, deviceId, outcome, id, error, message, field })}\n`;
