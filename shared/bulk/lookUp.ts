import { toGraphError } from '../contract/errors.ts';
import { differences } from './differences.ts';
import type { Job } from './job.ts';
import type { BulkParts } from './parts.ts';
import { wasCreatedSince } from './registerRow.ts';
import type { ReportRow } from './report/reportRow.ts';
import { toReportRow } from './rowOutcome.ts';
import type { Row } from './rows/row.ts';

/**
 * What became of a row that nobody will attempt again, as an earlier try may have created the device before it ended.
 * @param otherwise where no such device is there
 * @throws GraphError when the directory does not tell
 */
export async function lookUp(
  { row, device }: Row,
  otherwise: ReportRow,
  job: Job,
  { directoryFor }: Pick<BulkParts, 'directoryFor'>,
): Promise<ReportRow> {
  try {
    const { id, json } = await directoryFor().getDevice({ deviceId: device.deviceId.toLowerCase() });
    const there = json.parse();
    const isOurs = !differences(device, there) && wasCreatedSince(there, Date.parse(job.createdAt));
    return isOurs ? toReportRow(device.deviceId, { row, outcome: 'created', id }) : otherwise;
  } catch (thrown) {
    const error = toGraphError(thrown);
    if (error.status === 404) return otherwise;
    throw error;
  }
}
