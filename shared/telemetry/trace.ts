import type { Trace } from './port.ts';

/** Source: W3C Trace Context, version 00 */
const form = /^[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-[\da-f]{2}$/;

/**
 * The trace to which a request belongs: that of the host when it keeps one, otherwise the caller's.
 * @param ofHost `traceContext.traceParent` of the invocation
 * @param ofCaller the header `traceparent`
 */
export function traceOf(ofHost: string | undefined, ofCaller: string | null): Trace | undefined {
  if (ofHost !== undefined && form.test(ofHost)) return { traceparent: ofHost, isOfHost: true };
  return ofCaller !== null && form.test(ofCaller) ? { traceparent: ofCaller, isOfHost: false } : undefined;
}

/** The two ids in a `traceparent`. */
export function idsIn(traceparent: string): { traceId: string; spanId: string } {
  const [, traceId = '', spanId = ''] = form.exec(traceparent) ?? [];
  return { traceId, spanId };
}

/**
 * Whether a trace is among the share that is kept: the same answer in every process that asks about it.
 * @param percent 0 to 100
 * Source: `@azure/monitor-opentelemetry` traces/sampler.ts, the score that all SDKs of Application Insights share
 */
export function isSampled(traceId: string, percent: number): boolean {
  if (percent >= 100) return true;
  let hash = 5381;
  for (const character of traceId) hash = (Math.imul(hash, 33) + character.charCodeAt(0)) | 0;
  return (Math.min(Math.abs(hash), 0x7fffffff) / 0x7fffffff) * 100 < percent;
}
