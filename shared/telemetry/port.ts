import type { GraphError, RequestIds } from '../contract/errors.ts';

/** What the app says about itself while it works. */
export interface Telemetry {
  /** Told once for each request on the road, when its answer is known. Never throws, and nobody waits for it. */
  answered(request: AnsweredRequest): void;
  /** Sends what is waiting, in bounded time; nothing may be told afterwards. */
  close(): Promise<void>;
}

/** One request and what became of it. Times are in milliseconds; `path` and `error` may hold personal data. */
export interface AnsweredRequest {
  /** Id of the operation: search for it, and function, schema and scenario are found as well. */
  operation: string;
  method: string;
  /** Path of the address as the caller wrote it, without query. */
  path: string;
  /** Since 1970. */
  startedAt: number;
  durationMs: number;
  status: number;
  /** Where the answer is an error; the `cause` of a failure (status 500 and above) tells what happened. */
  error?: GraphError;
  ids: RequestIds;
  /** Missing where nobody could tell. */
  caller?: RecordedCaller;
  /** The device or other object that the request is about, as far as request and answer name it. */
  object?: { id?: string; deviceId?: string };
  /** Calls of other services that the answer took, in their order. */
  calls: readonly OutgoingCall[];
  trace?: Trace;
}

/** Who called: ids only. */
export interface RecordedCaller {
  kind: 'user' | 'application';
  /** Object id. */
  id: string;
  tenantId?: string;
  applicationId?: string;
}

/** One HTTP call of another service: each attempt is one. */
export interface OutgoingCall {
  method: string;
  /** Without query; may hold personal data. */
  url: string;
  /** Since 1970. */
  startedAt: number;
  durationMs: number;
  /** Missing where no answer came. */
  status?: number;
  /** The service's own id of the call, for whoever asks its support. */
  serviceRequestId?: string;
}

/** Where a request belongs in a distributed trace. */
export interface Trace {
  /** Source: W3C Trace Context, version 00 */
  traceparent: string;
  /** Whether the platform has told of the request itself: then only what happened during it is told here. */
  isOfHost: boolean;
}
