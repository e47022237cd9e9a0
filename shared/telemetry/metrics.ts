import type { Meter } from '@opentelemetry/api';
import type { AnsweredRequest } from './port.ts';
import { outcomeOf, retriesIn, throttledIn } from './summary.ts';

/** Counts every request, sampled or not, by operation and outcome. */
export function metricRecorder(meter: Meter): (request: AnsweredRequest) => void {
  const requests = meter.createCounter('registrar.requests', { description: 'Requests that were answered.' });
  const duration = meter.createHistogram('registrar.duration', { unit: 'ms', description: 'From request to answer.' });
  const throttled = meter.createCounter('registrar.throttled', {
    description: 'Calls to which another service answered that there were too many.',
  });
  const retries = meter.createCounter('registrar.retries', {
    description: 'Calls that repeated an earlier one of the same request.',
  });

  return (request) => {
    const { operation, durationMs, calls } = request;
    const dimensions = { operation, outcome: outcomeOf(request) };
    requests.add(1, dimensions);
    duration.record(durationMs, dimensions);
    if (calls.length === 0) return;
    throttled.add(throttledIn(calls), dimensions);
    retries.add(retriesIn(calls), dimensions);
  };
}
