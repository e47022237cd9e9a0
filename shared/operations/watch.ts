import type { Caller } from '../auth/caller.ts';
import type { GraphError, RequestIds } from '../contract/errors.ts';
import { isGuid } from '../contract/guid.ts';
import { failureOf } from '../telemetry/failure.ts';
import type { AnsweredRequest, OutgoingCall, RecordedCaller } from '../telemetry/port.ts';
import { traceOf } from '../telemetry/trace.ts';
import type { AnswerServices, GraphRequest } from './answer.ts';
import type { Operation, OperationResult } from './operation.ts';

/** What is known of a request from the beginning. */
type Watched = Pick<GraphRequest, 'headers' | 'params' | 'path' | 'traceContext'>;

/** Goes along with one request, and tells telemetry once, when it is answered. */
export class Watch {
  /** The trace that goes on with the calls of other services. */
  readonly traceparent: string | undefined;
  readonly #services: Pick<AnswerServices, 'telemetry' | 'now'>;
  readonly #begunAt = performance.now();
  readonly #calls: OutgoingCall[] = [];
  readonly #known: Omit<AnsweredRequest, 'status' | 'durationMs' | 'calls' | 'object'>;
  readonly #object: NonNullable<AnsweredRequest['object']> = {};
  #caller?: RecordedCaller;

  constructor(
    operation: Pick<Operation, 'id' | 'method' | 'changesNothing'>,
    request: Watched,
    ids: RequestIds,
    services: Pick<AnswerServices, 'telemetry' | 'now'>,
  ) {
    this.#services = services;
    const trace = traceOf(request.traceContext?.traceParent, request.headers.get('traceparent'));
    this.traceparent = trace?.traceparent;
    this.#known = {
      operation: operation.id,
      method: operation.method,
      isWrite: operation.method !== 'GET' && !operation.changesNothing,
      path: request.path,
      startedAt: services.now().getTime(),
      ids,
      ...(trace && { trace }),
    };
    this.#isAbout(request.params.id, request.params.deviceId);
  }

  /** Takes of the caller what may be recorded: ids, which are GUIDs where nobody has checked the token, too. */
  identified({ kind, id, tenantId, applicationId }: Caller): void {
    this.#caller = {
      kind,
      id,
      ...(tenantId !== undefined && isGuid(tenantId) && { tenantId }),
      ...(applicationId !== undefined && isGuid(applicationId) && { applicationId }),
    };
  }

  /** @param body valid already */
  read(body: unknown): void {
    if (typeof body === 'object' && body !== null && 'deviceId' in body) this.#isAbout(undefined, body.deviceId);
  }

  called = (call: OutgoingCall): void => {
    this.#calls.push(call);
  };

  answered(result: OperationResult): void {
    if ('entity' in result) this.#isAbout(result.entity.id, undefined);
    this.#tell(result.status);
  }

  failed(error: GraphError): void {
    this.#tell(error.status, error);
  }

  #isAbout(id: unknown, deviceId: unknown): void {
    if (typeof id === 'string' && isGuid(id)) this.#object.id = id;
    if (typeof deviceId === 'string' && isGuid(deviceId)) this.#object.deviceId = deviceId;
  }

  #tell(status: number, error?: GraphError): void {
    this.#services.telemetry.answered({
      ...this.#known,
      durationMs: performance.now() - this.#begunAt,
      status,
      calls: this.#calls,
      object: this.#object,
      ...(error && { error: { code: error.code, details: [...new Set(error.details.map(({ code }) => code))] } }),
      ...(error && status >= 500 && { failure: failureOf(error) }),
      ...(this.#caller && { caller: this.#caller }),
    });
  }
}
