import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  TraceFlags,
  type Context,
  type Tracer,
} from '@opentelemetry/api';
import type { AnsweredRequest, OutgoingCall } from './port.ts';
import type { Redact } from './privacy.ts';
import { outcomeOf } from './summary.ts';
import { idsIn } from './trace.ts';

/**
 * Records the calls of other services as dependencies, below the request.
 * The host tells of the request itself, where there is one; otherwise it is recorded here.
 * @returns what else happened during the request belongs to this context
 */
export function spanRecorder(tracer: Tracer, redact: Redact): (request: AnsweredRequest) => Context {
  return (request) => {
    const parent = request.trace ? contextOf(request.trace.traceparent) : ROOT_CONTEXT;
    const context = request.trace?.isOfHost ? parent : recordRequest(request, parent);
    for (const call of request.calls) recordCall(call, context);
    return context;
  };

  function recordRequest(request: AnsweredRequest, parent: Context): Context {
    const { operation, method, path, startedAt, durationMs, status } = request;
    const span = tracer.startSpan(
      operation,
      {
        kind: SpanKind.SERVER,
        startTime: startedAt,
        attributes: {
          'http.request.method': method,
          'http.route': operation,
          'url.full': redact(path),
          'http.response.status_code': status,
          requestId: request.ids.requestId,
        },
      },
      parent,
    );
    span.setStatus({ code: outcomeOf(request) === 'succeeded' ? SpanStatusCode.OK : SpanStatusCode.ERROR });
    span.end(startedAt + durationMs);
    return trace.setSpan(parent, span);
  }

  function recordCall({ method, url, startedAt, durationMs, status, serviceRequestId }: OutgoingCall, parent: Context) {
    const { protocol, host, pathname } = new URL(url);
    const path = redact(pathname);
    const span = tracer.startSpan(
      `${method} ${withoutIds(path)}`,
      {
        kind: SpanKind.CLIENT,
        startTime: startedAt,
        attributes: {
          'http.request.method': method,
          // In parts: of a whole address the exporter makes the name itself, with all ids.
          'url.scheme': protocol.slice(0, -1),
          'url.path': path,
          'server.address': host,
          ...(status !== undefined && { 'http.response.status_code': status }),
          ...(serviceRequestId !== undefined && { serviceRequestId }),
        },
      },
      parent,
    );
    const succeeded = status !== undefined && status < 400;
    span.setStatus({ code: succeeded ? SpanStatusCode.OK : SpanStatusCode.ERROR });
    span.end(startedAt + durationMs);
  }
}

/** What calls of the same kind share, so that they are counted as one: `/v1.0/devices/{id}`. */
const withoutIds = (path: string): string =>
  path
    .replace(/(\/(?:devices|users|directoryObjects)\/)(?!\$)[^/]+/gi, '$1{id}')
    .replace(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi, '{id}')
    .replace(/'[^']*'|%27.*?%27/g, "'{id}'");

const contextOf = (traceparent: string): Context =>
  trace.setSpanContext(ROOT_CONTEXT, { ...idsIn(traceparent), traceFlags: TraceFlags.SAMPLED, isRemote: true });
