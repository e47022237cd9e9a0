import type { AnsweredRequest, Telemetry } from './port.ts';
import type { Redact } from './privacy.ts';
import { outcomeOf, retriesIn, throttledIn } from './summary.ts';

/** How a line is written: for people, or for machines. */
export type LogFormat = 'text' | 'json';

export interface ConsoleOptions {
  format: LogFormat;
  /** Failures only, where somebody else tells of each request. */
  tells: 'requests' | 'failures';
  redact: Redact;
  /** Takes whole lines; the cause of a failure has several of its own. */
  write: (line: string) => void;
}

/** Telemetry for a terminal: one line for each request, or for each failure, with what caused it. */
export function consoleTelemetry({ format, tells, redact, write }: ConsoleOptions): Telemetry {
  const toLine = { text: tells === 'requests' ? requestLine : failureLine, json: jsonLine }[format];
  return {
    answered(request) {
      if (tells === 'requests' || outcomeOf(request) === 'failed') write(toLine(request, redact));
    },
    close: () => Promise.resolve(),
  };
}

function requestLine(request: AnsweredRequest, redact: Redact): string {
  const { startedAt, status, error, method, path, operation, durationMs, ids, calls } = request;
  const time = new Date(startedAt).toISOString().slice(11, 23);
  const code = error ? ` ${error.code}` : '';
  const others = calls.length > 0 ? `  ${callsText(request)}` : '';
  const line = `${time}  ${status}${code}  ${method} ${redact(path)}  ${operation}  ${durationMs.toFixed(1)} ms${others}  request ${ids.requestId}`;
  return outcomeOf(request) === 'failed' ? `${line}\n  ${causeOf(request, redact)}` : line;
}

function callsText({ calls }: AnsweredRequest): string {
  const [throttled, retries] = [throttledIn(calls), retriesIn(calls)];
  const parts = [
    calls.length === 1 ? '1 call' : `${calls.length} calls`,
    ...(throttled > 0 ? [`${throttled} throttled`] : []),
    ...(retries > 0 ? [`${retries} repeated`] : []),
  ];
  return parts.join(', ');
}

const failureLine = (request: AnsweredRequest, redact: Redact): string =>
  `${request.operation} failed with ${request.status} ${String(request.error?.code)}, request ${request.ids.requestId}: ${causeOf(request, redact)}`;

function jsonLine(request: AnsweredRequest, redact: Redact): string {
  const { startedAt, operation, method, path, status, error, durationMs, ids, caller, object, calls, trace } = request;
  const outcome = outcomeOf(request);
  return JSON.stringify({
    time: new Date(startedAt).toISOString(),
    operation,
    method,
    path: redact(path),
    status,
    outcome,
    code: error?.code,
    durationMs: Number(durationMs.toFixed(3)),
    requestId: ids.requestId,
    clientRequestId: redact(ids.clientRequestId),
    traceparent: trace?.traceparent,
    callerKind: caller?.kind,
    callerId: caller?.id,
    objectId: object?.id,
    deviceId: object?.deviceId,
    calls: calls.length,
    throttled: throttledIn(calls),
    retries: retriesIn(calls),
    ...(outcome === 'failed' && { cause: causeOf(request, redact) }),
  });
}

const causeOf = ({ failure }: AnsweredRequest, redact: Redact): string => redact(failure?.text ?? '');
