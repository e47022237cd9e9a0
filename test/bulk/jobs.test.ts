import { createHash } from 'node:crypto';
import allExamples from '../../shared/contract/generated/examples.json' with { type: 'json' };
import { differencesInKind, type Example } from '../support/example.ts';
import { openAzurite, type OpenAzurite } from '../support/openAzurite.ts';
import { jobClient, type ShownJob } from '../support/jobClient.ts';
import { openJobsHost, type JobsHost } from '../support/openJobsHost.ts';
import { rowsOf } from '../support/openBulk.ts';
import { unsignedToken } from '../support/tokens.ts';

let storage: OpenAzurite;
let host: JobsHost;
beforeAll(async () => {
  storage = await openAzurite();
  host = await openJobsHost(storage.connectionString);
});
afterAll(async () => {
  await host.stop();
  await storage.stop();
});

const jsonLines = { 'content-type': 'application/x-ndjson' };
const json = (text: string): Record<string, unknown> => JSON.parse(text) as Record<string, unknown>;
const errorOf = (text: string): { code: string; message: string } =>
  (JSON.parse(text) as { error: { code: string; message: string } }).error;

/** A user without a role of an administrator. */
const tokenOf = (name: string, claims: object = {}): string =>
  unsignedToken({ scp: 'Directory.AccessAsUser.All', oid: guid(name), tid: 'contoso', ...claims });
const guid = (name: string): string => {
  const hex = createHash('md5').update(name).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
};

test('a manifest is answered 202 with an absolute Location, which answers 202 until the job has ended, and then 200', async () => {
  const client = jobClient(host.base);
  const rows = rowsOf(1200);
  const accepted = await client.post('/v1.0/registrationJobs', JSON.stringify({ value: rows }), {
    'content-type': 'application/json',
  });
  expect(accepted.status).toBe(202);
  expect(accepted.headers.location).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1\.0\/registrationJobs\/[\da-f-]{36}$/);
  expect(Number(accepted.headers['retry-after'])).toBeGreaterThan(0);

  const path = new URL(String(accepted.headers.location)).pathname;
  const ended = await client.follow(path);
  expect(ended.status).toBe(200);
  expect(json(ended.text)).toMatchObject({
    status: 'succeeded',
    rowCount: 1200,
    createdCount: 1200,
    percentageComplete: 100,
    errorCode: null,
  });

  const { text, headers } = await client.get(`${path}/results`);
  const report = text.trimEnd().split('\n').map(json);
  expect(headers['content-type']).toBe('application/x-ndjson');
  expect(report.map(({ row, deviceId, outcome }) => [row, deviceId, outcome])).toEqual(
    rows.map(({ deviceId }, index) => [index + 1, deviceId, 'created']),
  );
  const device = await client.get(`/v1.0/devices(deviceId='${String(rows[777]?.deviceId)}')`);
  expect(json(device.text).id).toBe(report[777]?.id);
});

test('a job is served without a version as well, and its report as CSV', async () => {
  const client = jobClient(host.base);
  const csv =
    'Device Id;Display Name;Operating System;OperatingSystemVersion;account enabled;alternativeSecurityIds\r\n';
  const [row] = rowsOf(1);
  const body = `${csv}${String(row?.deviceId)};=1+1;linux;6.1;yes;Y3YxN2E1MWFlYw==\r\n`;
  const accepted = await client.post('/registrationJobs', body, { 'content-type': 'text/csv' });
  expect(accepted.status).toBe(202);
  const { id } = json(accepted.text);
  expect((await client.follow(`/registrationJobs/${String(id)}`)).status).toBe(200);
  const { text, headers } = await client.get(`/registrationJobs/${String(id)}/results`, { accept: 'text/csv' });
  expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(text.split('\r\n')).toEqual([
    'row,deviceId,outcome,id,error,message,field',
    expect.stringMatching(`^1,${String(row?.deviceId)},created,[\\da-f-]{36},,,$`) as string,
    '',
  ]);
});

test('the same Idempotency-Key of the same caller is the same job, also when requests come at once', async () => {
  const client = jobClient(host.base);
  const body = JSON.stringify(rowsOf(1)[0]);
  const headers = { ...jsonLines, 'idempotency-key': 'nightly' };
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => client.post('/v1.0/registrationJobs', body, headers)),
  );
  const ids = new Set(answers.map(({ text }) => json(text).id));
  expect([answers.map(({ status }) => status), ids.size]).toEqual([[202, 202, 202, 202, 202], 1]);
  expect(await client.ended(String([...ids][0]))).toMatchObject({ createdCount: 1 });
  const others = await jobClient(host.base, 'megan').post('/v1.0/registrationJobs', body, headers);
  expect(ids.has(json(others.text).id)).toBe(false);
});

test('a job is seen by whoever started it and by administrators, and for others it is not there', async () => {
  const owner = jobClient(host.base, tokenOf('adele'));
  const { id } = await owner.start(rowsOf(1));
  await owner.ended(id);
  const seenBy = async (claims: object, name = 'megan'): Promise<number> =>
    (await jobClient(host.base, tokenOf(name, claims)).get(`/v1.0/registrationJobs/${id}/results`)).status;
  expect(await seenBy({}, 'adele')).toBe(200);
  expect(await seenBy({ tid: 'fabrikam' }, 'adele')).toBe(404);
  expect(await seenBy({})).toBe(404);
  expect(await seenBy({ roles: ['Registrar.Admin'] })).toBe(200);
  expect(await seenBy({ wids: ['7698a772-787b-4ac8-901f-60d6b08affd2'] })).toBe(200);
  expect((await jobClient(host.base).get(`/v1.0/registrationJobs/${id}`)).status).toBe(200);

  const listed = async (token: string): Promise<string[]> => {
    const { text } = await jobClient(host.base, token).get('/v1.0/registrationJobs?$top=100');
    return (json(text).value as ShownJob[]).map((job) => job.id);
  };
  expect(await listed(tokenOf('adele'))).toEqual([id]);
  expect(await listed(tokenOf('megan'))).toEqual([]);
  expect(await listed('anybody')).toContain(id);
  const cancel = await jobClient(host.base, tokenOf('megan')).post(`/v1.0/registrationJobs/${id}/cancel`);
  expect(cancel.status).toBe(404);
});

test('jobs are listed newest first, page by page', async () => {
  const client = jobClient(host.base, tokenOf('grady'));
  const started: string[] = [];
  for (let count = 0; count < 5; count += 1) started.unshift((await client.start(rowsOf(1))).id);
  const found: string[] = [];
  for (let path: string | undefined = '/v1.0/registrationJobs?$top=2'; path;) {
    const page = json((await client.get(path)).text) as { value: ShownJob[]; '@odata.nextLink'?: string };
    expect(page.value.length).toBeLessThanOrEqual(2);
    found.push(...page.value.map(({ id }) => id));
    path = page['@odata.nextLink']?.slice(host.base.length);
  }
  expect(found).toEqual(started);
});

test('a dry run writes nothing', async () => {
  const client = jobClient(host.base);
  const dry = await client.ended((await client.start(rowsOf(3), '?dryRun=true')).id);
  expect(dry).toMatchObject({ status: 'succeeded', createdCount: 0, notAttemptedCount: 3 });
});

test('results of a job that goes on are waited for at their own address, and a job that was cancelled names the rows that it did not attempt', async () => {
  const client = jobClient(host.base);
  const { id } = await client.start(rowsOf(20_000));
  const path = `/v1.0/registrationJobs/${id}/results`;
  const early = await client.get(path);
  expect([early.status, early.headers.location, json(early.text).id]).toEqual([202, host.base + path, id]);
  const { status } = await client.post(`/v1.0/registrationJobs/${id}/cancel`);
  expect(status).toBe(202);
  const cancelled = await client.ended(id);
  expect(cancelled.status).toBe('cancelled');
  expect(cancelled.createdCount + cancelled.notAttemptedCount).toBe(20_000);
  expect(cancelled.notAttemptedCount).toBeGreaterThan(0);
  expect((await client.post(`/v1.0/registrationJobs/${id}/cancel`)).status).toBe(200);
});

test('what is no manifest is a job that failed with the reason, and 200 all the same', async () => {
  const client = jobClient(host.base);
  const accepted = await client.post('/v1.0/registrationJobs', 'PK\u0003\u0004', { 'content-type': 'text/csv' });
  expect(await client.ended(String(json(accepted.text).id))).toMatchObject({
    status: 'failed',
    errorCode: 'InvalidManifest',
    errorMessage: expect.stringContaining('ZIP') as string,
  });
});

test('a request that makes no job is told what would', async () => {
  const client = jobClient(host.base);
  const small = await openJobsHost(storage.connectionString, { BULK_MAX_UPLOAD_MB: '1' });
  const large = await jobClient(small.base).post('/v1.0/registrationJobs', ' '.repeat(1024 * 1024 + 1), jsonLines);
  await small.stop();
  expect([large.status, errorOf(large.text).message]).toEqual([413, expect.stringContaining('registration-inbox')]);
  const post = (path: string, headers: Record<string, string>) => client.post(path, '{}', headers);
  const refused = [
    await post('/v1.0/registrationJobs', { 'content-type': 'image/png' }),
    await post('/v1.0/registrationJobs?dryRun=maybe', jsonLines),
    await post('/v1.0/registrationJobs?dryrun=true', jsonLines),
    await post('/v1.0/registrationJobs', { ...jsonLines, 'idempotency-key': 'with blanks' }),
    await client.get('/v1.0/registrationJobs?$top=1000'),
    await client.get('/v1.0/registrationJobs?$skiptoken=1'),
    await client.get('/v1.0/registrationJobs/1'),
    await client.get(`/v1.0/registrationJobs/${guid('nobody')}`),
    await jobClient(host.base, tokenOf('adele', { scp: 'User.Read' })).post('/v1.0/registrationJobs', '{}', jsonLines),
  ];
  expect(refused.map(({ status }) => status)).toEqual([415, 400, 400, 400, 400, 400, 400, 404, 403]);
});

test('every example of the pages of jobs gets the answer that its page shows', async () => {
  const client = jobClient(host.base, 'examples');
  const examples = (allExamples as unknown as Example[]).filter(({ operation }) =>
    operation.includes('RegistrationJob'),
  );
  const shown = (operation: string): Example => {
    const example = examples.find((one) => one.operation === operation);
    if (!example) throw new Error(`No page shows ${operation}.`);
    return example;
  };
  const differences: string[] = [];
  const play = async (operation: string, id = ''): Promise<string> => {
    const { page, request, response } = shown(operation);
    const path = request.path.replace(/(?<=registrationJobs\/)[\da-f-]{36}/, id);
    const headers = Object.fromEntries(request.headers) as Record<string, string>;
    const answer = await (request.method === 'GET' ? client.get(path) : client.post(path, request.body, headers));
    // Addresses and times are others here; that there are some is what counts.
    const fixed = response.headers.filter(([name]) => /^content-type$/i.test(name));
    const missing = response.headers.filter(([name]) => answer.headers[name.toLowerCase()] === undefined);
    differences.push(...missing.map(([name]) => `${page} header ${name} is missing`));
    differences.push(
      ...differencesInKind({ ...response, headers: fixed }, answer).map((difference) => `${page} ${difference}`),
    );
    return answer.text;
  };
  const { id } = JSON.parse(await play('createRegistrationJob')) as ShownJob;
  await client.ended(id);
  for (const operation of ['getRegistrationJob', 'getRegistrationJobResults', 'listRegistrationJobs']) {
    await play(operation, id);
  }
  await play('cancelRegistrationJob', (await client.start(rowsOf(5000))).id);
  expect(differences).toEqual([]);
  expect(examples).toHaveLength(5);
});

test('without storage jobs are answered 503, and everything else works', async () => {
  const { openHost } = await import('../support/openHost.ts');
  const bare = await openHost({}, () => undefined);
  const client = jobClient(bare.base);
  const answer = await client.get('/v1.0/registrationJobs');
  const other = await client.get('/v1.0/me');
  await bare.stop();
  expect([answer.status, errorOf(answer.text).code, other.status]).toEqual([503, 'serviceNotAvailable', 200]);
});
