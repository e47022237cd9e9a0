import { objectId } from '../../contract/objectId.ts';
import pages from '../../contract/generated/operations.json' with { type: 'json' };
import type { Operation } from '../../operations/operation.ts';
import { reportHead, toCsvLine } from '../report/csvLine.ts';
import { reportFormatOf } from '../report/reportFormatOf.ts';
import type { ReportRow } from '../report/reportRow.ts';
import { pageTokenIn, parametersIn } from './parameters.ts';
import { addressOf, goesOn, toJson } from './toJson.ts';

/** Reads the report of a job, a line for each row; while the job goes on, the job itself with 202. */
export const getRegistrationJobResults: Operation = {
  ...pages.getRegistrationJobResults,
  isOurs: true,
  async run({ params, query, headers, caller, jobs, base }) {
    const from = Number(pageTokenIn(parametersIn(query.text, ['$skiptoken']), /^\d{1,15}$/) ?? 0);
    const id = objectId(params.id);
    const part = await jobs.report(caller, id, from);
    const address = `${addressOf({ id }, base)}/results`;
    if (!part) {
      const job = await jobs.find(caller, id);
      const now = jobs.now();
      const shown = { context: 'registrationJobs/$entity', json: toJson(job, base, now) };
      return { status: 202, ...shown, headers: goesOn(job, address, now) };
    }
    const isCsv = reportFormatOf(headers.get('accept')) === 'csv';
    return {
      status: 200,
      mediaType: isCsv ? 'text/csv; charset=utf-8' : 'application/x-ndjson',
      text: isCsv ? toCsv(part.text, from === 0) : part.text,
      ...(part.next !== undefined && { headers: { Link: `<${address}?$skiptoken=${part.next}>; rel="next"` } }),
    };
  },
};

/** The parts of a report can be put one behind the other: only the first has the headings. */
function toCsv(jsonLines: string, isFirst: boolean): string {
  const lines = jsonLines.split('\n').filter((line) => line !== '');
  return (isFirst ? reportHead : '') + lines.map((line) => toCsvLine(JSON.parse(line) as ReportRow)).join('');
}
