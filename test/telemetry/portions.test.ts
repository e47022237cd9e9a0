import type { AnsweredRequest } from '../../shared/telemetry/port.ts';
import { portions, type PortionsOptions } from '../../shared/telemetry/portions.ts';
import { telemetryThread } from '../../shared/telemetry/telemetryThread.ts';
import { openIngestion } from '../support/ingestion.ts';

const request = (requestId: string): AnsweredRequest => ({
  operation: 'createDevice',
  method: 'POST',
  isWrite: true,
  path: '/v1.0/devices',
  startedAt: Date.parse('2026-01-15T09:30:00Z'),
  durationMs: 2.5,
  status: 201,
  ids: { requestId, clientRequestId: requestId },
  calls: [],
});

const ids = (count: number): string[] => Array.from({ length: count }, (_, index) => `request-${index}`);

/** A queue with a bound of its own: what is in it when it is full counts as lost. */
function queue(options: Partial<PortionsOptions>) {
  const sent: string[] = [];
  const warned: string[] = [];
  let held: string[] = [];
  let longest = 0;
  const { answered, settled } = portions({
    record({ ids: { requestId } }) {
      held.push(requestId);
      longest = Math.max(longest, held.length);
    },
    async flush() {
      await new Promise(setImmediate);
      sent.push(...held);
      held = [];
    },
    warn: (line) => void warned.push(line),
    ...options,
  });
  return { answered, settled, sent, warned, all: () => [...sent, ...held], longest: () => longest };
}

test('a burst is recorded in portions, in order and complete', async () => {
  const { answered, settled, all, longest, warned } = queue({ size: 30 });
  for (const id of ids(1000)) answered(request(id));
  await settled();
  expect(all()).toEqual(ids(1000));
  expect(longest()).toBe(10);
  expect(warned).toEqual([]);
});

test('requests that wait to be sent are bounded, and how many are missing is told once', async () => {
  const { answered, settled, all, warned } = queue({ size: 3, limit: 2 });
  for (const id of ids(5)) answered(request(id));
  await settled();
  expect(all()).toEqual(ids(3));
  expect(warned).toEqual(['Telemetry: calls and events of 2 requests are missing; more than 2 waited to be sent.']);
  answered(request('later'));
  await settled();
  expect(all()).toEqual([...ids(3), 'later']);
  expect(warned).toHaveLength(1);
});

test('every audit event of six thousand creates arrives, though all are told before the library is loaded', async () => {
  const ingestion = await openIngestion();
  const warned: string[] = [];
  const telemetry = telemetryThread(
    {
      connectionString: String(ingestion.env.APPLICATIONINSIGHTS_CONNECTION_STRING),
      authentication: undefined,
      samplingPercent: 100,
      liveMetrics: false,
      endpoint: ingestion.env.TELEMETRY_ENDPOINT,
      personalData: 'redacted',
    },
    (line) => void warned.push(line),
  );
  for (const id of ids(6000)) telemetry.answered(request(id));
  const audited = () =>
    ingestion
      .envelopes('EventData')
      .filter(({ data }) => data.baseData.name === 'audit')
      .map(({ data }) => data.baseData.properties?.requestId);
  // All but what the end has to send in any case.
  while (audited().length < 5700) await new Promise((resolve) => setTimeout(resolve, 200));
  await telemetry.close();
  await ingestion.stop();
  expect(new Set(audited())).toEqual(new Set(ids(6000)));
  expect(ingestion.envelopes('RequestData')).toHaveLength(6000);
  expect(warned).toEqual([]);
}, 60_000);
