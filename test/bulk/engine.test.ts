import type { GraphErrorOptions } from '../../shared/contract/errors.ts';
import { GraphError } from '../../shared/contract/errors.ts';
import { adele, openBulk, rowsOf, type OpenBulk } from '../support/openBulk.ts';

/** How many devices the directory has. */
const devicesIn = ({ directory }: OpenBulk): Promise<number> =>
  directory.count({ relation: 'devices' }, { text: '', eventual: true });

const refusal = (status: number, options: GraphErrorOptions = {}): GraphError =>
  new GraphError('UnknownError', 'No.', { ...options, status });

test('jobs: every row becomes a device, and the report has a line for each in the order of the manifest', async () => {
  const open = openBulk();
  const rows = rowsOf(95);
  const { id } = await open.start(rows);
  await open.drain();
  expect(await open.job(id)).toMatchObject({
    status: 'succeeded',
    doneRanges: 10,
    counts: { created: 95, unchanged: 0, rejected: 0, notAttempted: 0 },
  });
  const report = await open.report(id);
  expect(report.map(({ row, deviceId }) => [row, deviceId])).toEqual(
    rows.map(({ deviceId }, at) => [at + 1, deviceId]),
  );
  for (const { deviceId, id: objectId } of report) {
    expect((await open.directory.getDevice({ deviceId: String(deviceId) })).id).toBe(objectId);
  }
  expect(await devicesIn(open)).toBe(95);
});

test('jobs: the same manifest again finds every row unchanged, at once as well as later', async () => {
  const open = openBulk();
  const rows = rowsOf(12);
  await open.start(rows);
  await open.drain();
  const { id } = await open.start(rows);
  await open.drain();
  expect((await open.job(id)).counts).toEqual({ created: 0, unchanged: 12, rejected: 0, notAttempted: 0 });
});

test('jobs: a deviceId with other values is rejected, and the report names what differs', async () => {
  const open = openBulk();
  const [row] = rowsOf(1);
  await open.start([{ ...row }]);
  await open.drain();
  const { id } = await open.start([{ ...row, displayName: 'Till', operatingSystemVersion: '7' }]);
  await open.drain();
  expect(await open.report(id)).toMatchObject([
    {
      outcome: 'rejected',
      error: 'DeviceDiffers',
      field: 'displayName',
      message: expect.stringContaining('operatingSystemVersion') as string,
    },
  ]);
});

test('jobs: rows that are wrong are rejected, and the others registered', async () => {
  const open = openBulk();
  const [first, second] = rowsOf(2);
  const { id } = await open.start([{ ...first }, { displayName: 'nothing else' }, { ...second }, { ...first }]);
  await open.drain();
  expect((await open.report(id)).map(({ outcome, error }) => [outcome, error])).toEqual([
    ['created', null],
    ['rejected', 'PropertyRequired'],
    ['created', null],
    ['rejected', 'DuplicateDeviceId'],
  ]);
});

test('jobs: users and owners are linked, by id or by name, and links that are there already are fine', async () => {
  const open = openBulk();
  const [row] = rowsOf(1);
  const linked = { ...row, registeredUser: 'adele@contoso.example', registeredOwner: 'megan@contoso.example' };
  await open.start([linked]);
  await open.drain();
  const { id } = await open.start([linked]);
  await open.drain();
  expect(await open.report(id)).toMatchObject([{ outcome: 'unchanged', error: null }]);
  const device = { deviceId: row?.deviceId ?? '' };
  const query = { text: '', eventual: false };
  for (const relation of ['registeredUsers', 'registeredOwners'] as const) {
    expect((await open.directory.list({ relation, device }, query)).value).toHaveLength(1);
  }
});

test('dry run: everything is validated, and nothing is written', async () => {
  const open = openBulk();
  const { id } = await open.start([...rowsOf(3), { displayName: 'nothing else' }], { dryRun: true });
  await open.drain();
  expect((await open.report(id)).map(({ outcome }) => outcome)).toEqual([
    'notAttempted',
    'notAttempted',
    'notAttempted',
    'rejected',
  ]);
  expect(await devicesIn(open)).toBe(0);
});

test('jobs: what is no manifest fails as a whole, with the reason and before anything is written', async () => {
  const open = openBulk();
  const { id } = await open.start([], { format: 'csv', bytes: Buffer.from('PK\u0003\u0004 zipped') });
  await open.drain();
  expect(await open.job(id)).toMatchObject({ status: 'failed', error: { code: 'InvalidManifest' } });
  expect(await open.report(id)).toEqual([]);
});

test('messages: each of them delivered twice changes nothing', async () => {
  const open = openBulk();
  const { send } = open.stores.queue;
  open.stores.queue.send = async (message, delay) => {
    await send(message, delay);
    await send(message, delay);
  };
  const { id } = await open.start(rowsOf(33));
  await open.drain();
  expect((await open.job(id)).counts).toEqual({ created: 33, unchanged: 0, rejected: 0, notAttempted: 0 });
  expect(await devicesIn(open)).toBe(33);
});

test('messages: a row that an earlier delivery created is created, not unchanged', async () => {
  const open = openBulk();
  const { addRange } = open.parts.jobs;
  let failures = 3;
  open.parts.jobs.addRange = (...range) => {
    failures -= 1;
    return failures >= 0 ? Promise.reject(new Error('The table does not answer.')) : addRange(...range);
  };
  const { id } = await open.start(rowsOf(25));
  await open.drain();
  expect((await open.job(id)).counts).toEqual({ created: 25, unchanged: 0, rejected: 0, notAttempted: 0 });
});

test('messages: those that the first version wrote are understood, and those of a newer one are left for it', async () => {
  const open = openBulk();
  const { id } = await open.start(rowsOf(3));
  open.stores.messages.splice(0, 1, { message: { v: 1, kind: 'prepare', job: id }, delaySeconds: 0 });
  await open.drain(1);
  const division = (await open.job(id)).division?.name;
  const to = open.stores.contents.get(`registration-jobs/${id}/${String(division)}/rows.jsonl`)?.length;
  const message = { v: 1, kind: 'range', job: id, division, range: 0, from: 0, to, firstRow: 1, rows: 3, writes: 3 };
  open.stores.messages.splice(0, 1, { message, delaySeconds: 0 });
  await open.drain();
  expect((await open.job(id)).status).toBe('succeeded');

  await open.bulk.work({ message: { v: 2, kind: 'somethingElse' }, dequeueCount: 1 });
  expect(open.stores.messages).toEqual([{ message: { v: 2, kind: 'somethingElse' }, delaySeconds: 60 }]);
});

test('poison: a range that fails at every try ends as rejected rows with the reason', async () => {
  const open = openBulk();
  const { id } = await open.start(rowsOf(25));
  await open.drain(1);
  const rows = [...open.stores.contents.keys()].find((path) => path.endsWith('/rows.jsonl')) ?? '';
  const bytes = open.stores.contents.get(rows);
  if (!bytes) throw new Error('There are no rows.');
  bytes.write('{"v":99', bytes.indexOf('\n', bytes.length / 2) + 1);
  await open.drain();
  const report = await open.report(id);
  expect(report.map(({ row }) => row)).toEqual(Array.from({ length: 25 }, (_none, at) => at + 1));
  expect(report.filter(({ outcome }) => outcome === 'rejected')).toMatchObject(
    Array.from({ length: 10 }, () => ({
      error: 'generalException',
      message: expect.stringContaining('several times') as string,
    })),
  );
  expect((await open.job(id)).counts).toMatchObject({ created: 15, rejected: 10 });
});

test('poison: a manifest that cannot be read from the storage fails the job', async () => {
  const open = openBulk();
  const { id } = await open.start(rowsOf(2));
  open.stores.contents.clear();
  await open.drain();
  expect(await open.job(id)).toMatchObject({ status: 'failed', error: { code: 'generalException' } });
});

test('cancel: what was not begun is not attempted, and the report names every row', async () => {
  const open = openBulk();
  const { id } = await open.start(rowsOf(50));
  await open.drain(3); // the manifest, and two ranges
  await open.jobs.cancel(adele, id);
  await open.drain();
  expect(await open.job(id)).toMatchObject({ status: 'cancelled', counts: { created: 20, notAttempted: 30 } });
  expect(await open.report(id)).toHaveLength(50);
  expect(await devicesIn(open)).toBe(20);
});

test('cancel: what was done of a range whose other rows were put off is in the report, and so is the row that was tried first', async () => {
  const open = openBulk(({ directory }) => ({
    directory: {
      ...directory,
      createDevice: (device) =>
        device.displayName === 'busy' ? Promise.reject(refusal(429)) : directory.createDevice(device),
    },
  }));
  const rows = [...rowsOf(10), ...rowsOf(4), ...rowsOf(6, { displayName: 'busy' })];
  const { id } = await open.start(rows);
  await open.drain(1);
  const [first] = open.stores.messages.splice(0, 1);
  await open.drain(1);
  await open.jobs.cancel(adele, id);
  open.stores.messages.splice(0, 1);
  await open.drain();
  const outcomes = async (): Promise<string[]> => (await open.report(id)).map(({ outcome }) => outcome);
  const not = (count: number): string[] => Array.from({ length: count }, () => 'notAttempted');
  expect(await outcomes()).toEqual(['created', ...not(9), 'created', 'created', 'created', 'created', ...not(6)]);
  // An instance that died had begun with the first range.
  for (const row of rows.slice(1, 5)) await open.directory.createDevice(row);
  await open.bulk.work({ message: first?.message ?? {}, dequeueCount: 2 });
  await open.drain();
  expect((await outcomes()).slice(0, 6)).toEqual([
    'created',
    'created',
    'created',
    'created',
    'created',
    'notAttempted',
  ]);
});

test('cancel: a range that was under way is in the report all the same', async () => {
  const open = openBulk();
  const { id } = await open.start(rowsOf(20));
  await open.drain(1);
  const createDevice = open.directory.createDevice.bind(open.directory);
  let isCancelled = false;
  open.directory.createDevice = async (device) => {
    if (!isCancelled) {
      isCancelled = true;
      await open.jobs.cancel(adele, id);
      await open.bulk.work({ message: { v: 1, kind: 'finish', job: id }, dequeueCount: 1 });
    }
    return createDevice(device);
  };
  await open.drain();
  expect(await open.job(id)).toMatchObject({ status: 'cancelled', counts: { created: 10, notAttempted: 10 } });
  expect((await open.report(id)).filter(({ outcome }) => outcome === 'created')).toHaveLength(10);
});

test('trial: what is refused for every row stops the job at the first', async () => {
  let calls = 0;
  const open = openBulk(({ directory }) => ({
    directory: {
      ...directory,
      createDevice() {
        calls += 1;
        return Promise.reject(new GraphError('Authorization_RequestDenied', 'Insufficient privileges.'));
      },
    },
  }));
  const { id } = await open.start(rowsOf(30));
  await open.drain();
  expect(await open.job(id)).toMatchObject({
    status: 'failed',
    error: { code: 'Authorization_RequestDenied', message: 'Insufficient privileges.' },
    counts: { rejected: 1, notAttempted: 29 },
  });
  expect(calls).toBe(1);
});

test('rows that the directory puts off go back alone, after the longest time that was asked for', async () => {
  const attempts = new Map<string, number>();
  const open = openBulk(({ directory }) => ({
    directory: {
      ...directory,
      createDevice(device) {
        const count = (attempts.get(device.deviceId) ?? 0) + 1;
        attempts.set(device.deviceId, count);
        if (count === 1 && device.displayName === 'busy') {
          return Promise.reject(refusal(429, { headers: { 'Retry-After': String(attempts.size) } }));
        }
        return directory.createDevice(device);
      },
    },
  }));
  const rows = [...rowsOf(4), ...rowsOf(3, { displayName: 'busy' })];
  const { id } = await open.start(rows);
  await open.drain(2);
  expect(open.stores.messages).toMatchObject([{ message: { left: [5, 6, 7], isAgain: true }, delaySeconds: 7 }]);
  await open.drain();
  expect((await open.job(id)).counts).toEqual({ created: 7, unchanged: 0, rejected: 0, notAttempted: 0 });
  expect(rows.map(({ deviceId }) => attempts.get(deviceId))).toEqual([1, 1, 1, 1, 2, 2, 2]);
});

test('rows that fail again and again are rejected with the reason, while 429 is waited out without end', async () => {
  const counts = { busy: 0, broken: 0 };
  const open = openBulk(({ directory }) => ({
    directory: {
      ...directory,
      createDevice(device) {
        if (device.displayName === 'broken') {
          counts.broken += 1;
          return Promise.reject(refusal(500));
        }
        counts.busy += 1;
        return counts.busy < 40 ? Promise.reject(refusal(429)) : directory.createDevice(device);
      },
    },
  }));
  const { id } = await open.start([...rowsOf(1, { displayName: 'busy' }), ...rowsOf(1, { displayName: 'broken' })]);
  await open.drain();
  expect((await open.report(id)).map(({ outcome, error }) => [outcome, error])).toEqual([
    ['created', null],
    ['rejected', 'UnknownError'],
  ]);
  expect(counts.broken).toBeLessThan(15);
});

test('sweep: lost messages are sent again, of a manifest as well as of ranges', async () => {
  const open = openBulk();
  const { id } = await open.start(rowsOf(40));
  open.stores.messages.length = 0;
  await open.bulk.sweep();
  expect(open.stores.messages).toEqual([]);
  open.pass(121);
  await open.bulk.sweep();
  await open.drain(2);
  open.stores.messages.length = 0;
  open.pass(121);
  await open.bulk.sweep();
  expect(open.stores.messages.map(({ message }) => message.range)).toEqual([1, 2, 3]);
  await open.drain();
  expect((await open.job(id)).counts).toMatchObject({ created: 40 });
  open.pass(121);
  await open.bulk.sweep();
  expect(open.stores.messages).toEqual([]);
});

test('sweep: a count that was lost when the app ended is made anew', async () => {
  const open = openBulk();
  const { id } = await open.start(rowsOf(20));
  await open.drain(1);
  const { replace } = open.parts.jobs;
  open.parts.jobs.replace = () => Promise.reject(new Error('The app ends.'));
  await open.drain(2);
  open.parts.jobs.replace = replace;
  await open.drain();
  expect((await open.job(id)).status).toBe('running');
  open.pass(121);
  await open.bulk.sweep();
  await open.drain();
  expect(await open.job(id)).toMatchObject({ status: 'succeeded', counts: { created: 20 } });
});

test('jobs: a range whose result has vanished from the storage is worked on again before the job ends', async () => {
  const open = openBulk();
  const { id } = await open.start(rowsOf(40));
  await open.drain(4);
  const results = [...open.stores.contents.keys()].filter((path) => path.includes('/results/'));
  expect(results.length).toBeGreaterThan(1);
  for (const path of results) open.stores.contents.delete(path);
  await open.drain();
  expect(await open.job(id)).toMatchObject({ status: 'succeeded', counts: { created: 40, unchanged: 0 } });
  expect((await open.report(id)).map(({ row, outcome }) => [row, outcome])).toEqual(
    Array.from({ length: 40 }, (_, index) => [index + 1, 'created']),
  );
  expect(await devicesIn(open)).toBe(40);
});

test('pace: in no 150 seconds are there more writes than allowed, however many jobs there are', async () => {
  const times: number[] = [];
  const open = openBulk(({ directory, now }) => ({
    writesPer150s: 150,
    directory: {
      ...directory,
      createDevice(device) {
        times.push(now().getTime());
        return directory.createDevice(device);
      },
    },
  }));
  const started = [await open.start(rowsOf(300)), await open.start(rowsOf(200))];
  await open.drain();
  for (const { id } of started) expect((await open.job(id)).status).toBe('succeeded');
  const most = Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + 150_000).length));
  expect(times).toHaveLength(500);
  expect(most).toBeLessThanOrEqual(150 + 10); // A range is sent as a whole.
  expect((times.at(-1) ?? 0) - (times[0] ?? 0)).toBeLessThan(1.1 * 500_000);
});

test('idempotency key: the same key of the same caller is the same job, and of another caller another one', async () => {
  const open = openBulk();
  const rows = rowsOf(3);
  const first = await open.start(rows, { idempotencyKey: 'nightly-1' });
  const second = await open.start(rowsOf(3), { idempotencyKey: 'nightly-1' });
  expect(second.id).toBe(first.id);
  await open.drain();
  expect(await devicesIn(open)).toBe(3);
  const third = await open.start(rows, { idempotencyKey: 'nightly-1' });
  expect(third).toMatchObject({ id: first.id, status: 'succeeded' });
  expect(open.stores.messages).toEqual([]);
  const other = { kind: 'user', id: 'megan', permissions: 'all', directoryRoles: new Set<string>() } as const;
  const upload = {
    format: 'csv',
    bytes: Buffer.from('deviceId'),
    dryRun: false,
    generate: { deviceId: false, key: false },
    idempotencyKey: 'nightly-1',
  } as const;
  expect((await open.jobs.start(other, upload)).id).not.toBe(first.id);
});

test('jobs: generated deviceIds stay the same, however often the manifest is divided', async () => {
  const open = openBulk();
  const rows = rowsOf(15).map((row) => ({ ...row, deviceId: undefined }));
  const { id } = await open.start(rows, { generate: { deviceId: true, key: false } });
  const [message] = open.stores.messages;
  if (!message) throw new Error('There is no message.');
  await open.bulk.work({ message: message.message, dequeueCount: 1 });
  await open.drain();
  expect((await open.job(id)).counts).toEqual({ created: 15, unchanged: 0, rejected: 0, notAttempted: 0 });
  expect(await devicesIn(open)).toBe(15);
});
