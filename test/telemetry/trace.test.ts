import { randomBytes } from 'node:crypto';
import { idsIn, isSampled, traceOf } from '../../shared/telemetry/trace.ts';

const ofHost = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
const ofCaller = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00';

test('a request belongs to the trace of the host, else to that of the caller, else to none', () => {
  expect(traceOf(ofHost, ofCaller)).toEqual({ traceparent: ofHost, isOfHost: true });
  for (const none of [undefined, '', 'nonsense']) {
    expect(traceOf(none, ofCaller)).toEqual({ traceparent: ofCaller, isOfHost: false });
  }
  for (const none of [null, '', `${ofCaller}-x`, ofCaller.toUpperCase(), 'Bearer adele']) {
    expect(traceOf(undefined, none)).toBeUndefined();
  }
  expect(idsIn(ofHost)).toEqual({ traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' });
});

test.each([0, 10, 50, 90, 100])('of many traces, %i percent are kept, and always the same ones', (percent) => {
  const traces = Array.from({ length: 4000 }, () => randomBytes(16).toString('hex'));
  const kept = traces.filter((trace) => isSampled(trace, percent));
  expect(Math.abs((kept.length / traces.length) * 100 - percent)).toBeLessThan(5);
  expect(kept.every((trace) => isSampled(trace, percent))).toBe(true);
  if (percent % 100 === 0) expect(kept).toHaveLength(traces.length * (percent / 100));
});
