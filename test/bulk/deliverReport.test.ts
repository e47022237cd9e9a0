import { deliverReport } from '../../shared/bulk/deliverReport.ts';
import { jobVersion, noCounts, type Job } from '../../shared/bulk/job.ts';
import { memoryStores } from '../support/memoryStores.ts';

const job: Job = {
  v: jobVersion,
  id: 'J',
  creator: null,
  dryRun: false,
  format: 'csv',
  generate: { deviceId: false, key: false },
  manifest: 'registration-archive/2026-01-15/J/devices.csv',
  fileName: 'devices.csv',
  createdAt: '2026-01-15T02:00:00Z',
  progressAt: '2026-01-15T02:00:00Z',
  status: 'running',
  sent: 0,
  doneRanges: 0,
  counts: noCounts,
};
const division = { name: 'd', rows: 1, validRows: 1, writes: 1, ranges: 1, unknownColumns: [] };
const error = { code: 'InvalidManifest', message: 'It is a ZIP archive.' };

/** Where files are after the report of a job was delivered, and once more. */
async function filesAfter(changes: Partial<Job>): Promise<string[]> {
  const stores = memoryStores();
  const one = { ...job, ...changes };
  await stores.files.put(one.manifest, 'the rows');
  if (one.division) await stores.files.put('registration-jobs/J/report.jsonl', '{"row":1}\n');
  await deliverReport(one, stores);
  await deliverReport(one, stores);
  expect([...stores.contents.values()].map(String)).toContain('the rows');
  return [...stores.contents.keys()].filter((path) => !path.endsWith('/report.jsonl')).sort();
}

test('the report of a file that was picked up is left beside it', async () => {
  expect(await filesAfter({ division })).toEqual([
    'registration-archive/2026-01-15/J/devices.csv',
    'registration-archive/2026-01-15/J/devices.csv.report.csv',
  ]);
});

test('a file that could not be read goes to the rejected ones, with the reason', async () => {
  expect(await filesAfter({ error })).toEqual([
    'registration-rejected/2026-01-15/J/devices.csv',
    'registration-rejected/2026-01-15/J/devices.csv.reason.txt',
  ]);
});

describe('a job whose file is not in the archive yet, as the first version had them', () => {
  const manifest = 'registration-jobs/J/manifest';

  test('has its file and the report there in the end', async () => {
    expect(await filesAfter({ manifest, division })).toEqual([
      'registration-archive/2026-01-15/J/devices.csv',
      'registration-archive/2026-01-15/J/devices.csv.report.csv',
      manifest,
    ]);
  });

  test('loses no file that could not be read', async () => {
    expect(await filesAfter({ manifest, error })).toEqual([
      manifest,
      'registration-rejected/2026-01-15/J/devices.csv',
      'registration-rejected/2026-01-15/J/devices.csv.reason.txt',
    ]);
  });
});
