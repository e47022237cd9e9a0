import type { RequestIds } from '../contract/errors.ts';

/** What the app says about itself while it works. */
export interface Telemetry {
  /** Told once for each request on the road, when its answer is known. Never throws, and nobody waits for it. */
  answered(request: AnsweredRequest): void;
  /** Sends what is waiting, in bounded time; nothing may be told afterwards. */
  close(): Promise<void>;
}

/**
 * One request and what became of it; plain data, which another thread can be given. Times are in milliseconds.
 * `path`, `failure` and the addresses of calls may hold personal data.
 */
export interface AnsweredRequest {
  /** Id of the operation: search for it, and function, schema and scenario are found as well. */
  operation: string;
  method: string;
  /** Whether the operation is asked for a change: an audit event tells of it, refused, too. */
  isWrite: boolean;
  /** Path of the address as the caller wrote it, without query. */
  path: string;
  /** Since 1970. */
  startedAt: number;
  durationMs: number;
  status: number;
  /** Code of the error that the answer is, and the different codes of its details. */
  error?: { code: string; details: readonly string[] };
  /** What happened, where the error is our fault (status 500 and above). */
  failure?: Failure;
  ids: RequestIds;
  /** Missing where nobody could tell. */
  caller?: RecordedCaller;
  /** The device or other object that the request is about, as far as request and answer name it. */
  object?: { id?: string; deviceId?: string };
  /** Calls of other services that the answer took, in their order. */
  calls: readonly OutgoingCall[];
  trace?: Trace;
}

/** Something thrown. */
export interface Failure {
  /** Name of the class of the error. */
  type: string;
  message: string;
  /** With stack, members and all that caused it. */
  text: string;
}

/** Who called: ids only. */
export interface RecordedCaller {
  kind: 'user' | 'application';
  /** Object id. */
  id: string;
  tenantId?: string;
  applicationId?: string;
}

/** One HTTP call of another service: each attempt is one, and each request that travelled in a `$batch`. */
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
  /** It travelled in a `$batch`, which is a call of its own. */
  isPart?: true;
}

/** Where a request belongs in a distributed trace. */
export interface Trace {
  /** Source: W3C Trace Context, version 00 */
  traceparent: string;
  /** Whether the platform has told of the request itself: then only what happened during it is told here. */
  isOfHost: boolean;
}
