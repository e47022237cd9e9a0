import { trace, type Context } from '@opentelemetry/api';
import { SeverityNumber, type LogAttributes, type Logger } from '@opentelemetry/api-logs';
import type { AnsweredRequest, Failure } from './port.ts';
import type { Redact } from './privacy.ts';
import { outcomeOf, retriesIn, throttledIn } from './summary.ts';
import { isSampled } from './trace.ts';

export interface EventOptions {
  redact: Redact;
  /** Share of the traces whose events of operations are sent; an audit event always is. */
  samplingPercent: number;
}

/** How `@azure/monitor-opentelemetry-exporter` tells an event, and its numbers, from a line of log. */
const eventName = 'microsoft.custom_event.name';
const measurements = 'microsoft.custom_measurements';

/**
 * Records what requests were about: for each an event named after the operation, for each write an event `audit`, and for each
 * failure an exception. The context, made for the request, ties them to it.
 */
export function eventRecorder(
  logger: Logger,
  { redact, samplingPercent }: EventOptions,
): (request: AnsweredRequest, context: Context) => void {
  return (request, context) => {
    const emit = (attributes: LogAttributes, severityNumber = SeverityNumber.INFO): void =>
      logger.emit({ context, severityNumber, timestamp: request.startedAt + request.durationMs, attributes });
    const about = propertiesOf(request);
    const traceId = trace.getSpanContext(context)?.traceId ?? '';
    if (isSampled(traceId, samplingPercent)) {
      emit({ [eventName]: request.operation, ...about, [measurements]: JSON.stringify(numbersOf(request)) });
    }
    if (request.isWrite) emit({ [eventName]: 'audit', ...about, ...callerOf(request) });
    if (request.failure) emit({ ...about, ...exceptionOf(request.failure, redact) }, SeverityNumber.ERROR);
  };

  function propertiesOf(request: AnsweredRequest): LogAttributes {
    const { operation, status, error, ids, object } = request;
    return withoutGaps({
      operation,
      outcome: outcomeOf(request),
      status: String(status),
      code: error?.code,
      details: error?.details.join(', '),
      requestId: ids.requestId,
      clientRequestId: redact(ids.clientRequestId),
      objectId: object?.id,
      deviceId: object?.deviceId,
    });
  }
}

const numbersOf = ({ durationMs, calls }: AnsweredRequest): Record<string, number> => ({
  durationMs,
  calls: calls.length,
  throttled: throttledIn(calls),
  retries: retriesIn(calls),
});

const callerOf = ({ caller }: AnsweredRequest): LogAttributes =>
  withoutGaps({
    callerKind: caller?.kind,
    callerId: caller?.id,
    callerTenantId: caller?.tenantId,
    callerApplicationId: caller?.applicationId,
  });

const exceptionOf = ({ type, message, text }: Failure, redact: Redact): LogAttributes => ({
  'exception.type': type,
  'exception.message': redact(message),
  'exception.stacktrace': redact(text),
});

const withoutGaps = (attributes: Record<string, string | undefined>): LogAttributes =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined && value !== ''));
