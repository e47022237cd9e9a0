/**
 * Every code an answer may carry, with the status it comes with.
 * Source: the error catalogue of the directory workload; `docs/errors.md` is generated from here.
 */
export const errorCodes = {
  BadRequest: { status: 400, meaning: 'The request could not be read: its address, headers or JSON are wrong.' },
  Request_BadRequest: {
    status: 400,
    meaning: 'The directory refuses the request; `details` names every wrong property.',
  },
  Request_UnsupportedQuery: {
    status: 400,
    meaning: 'The query is not served; `details` names the option and the character, and says what is.',
  },
  Directory_ExpiredPageToken: {
    status: 400,
    meaning: 'The `$skiptoken` was not made here, or belongs to another query: begin with the first page.',
  },
  InvalidAuthenticationToken: { status: 401, meaning: 'There is no bearer token, or it is not valid (any more).' },
  Authorization_RequestDenied: { status: 403, meaning: 'The caller lacks a permission; `details` names it.' },
  Request_ResourceNotFound: { status: 404, meaning: 'The object, or one that the request refers to, does not exist.' },
  LengthRequired: {
    status: 411,
    meaning: 'A body was announced without `Content-Length`; the platform drops such bodies.',
  },
  RequestEntityTooLarge: {
    status: 413,
    meaning: 'The body is larger than 4 MB, or a manifest than `BULK_MAX_UPLOAD_MB`.',
  },
  FailedDependency: {
    status: 424,
    meaning: 'In a batch: a request that this one depends on failed, so this one was not carried out.',
  },
  generalException: {
    status: 500,
    meaning:
      'Something went wrong here; the request id leads to the log. With 502: Microsoft Graph answered with more than 16 MiB, or with what cannot be read.',
  },
  OutcomeUnknown: {
    status: 504,
    meaning:
      'Microsoft Graph did not say whether it did what was asked; `details` names what to look up before trying again.',
  },
  serviceNotAvailable: { status: 503, meaning: 'The service is not ready, or it could not start.' },
} as const satisfies Record<string, { status: number; meaning: string }>;

export type ErrorCode = keyof typeof errorCodes;

/** A code of Graph's own, handed on with Graph's status. */
export type ForeignCode = string & {};

/** One wrong thing; `target` is a path such as `alternativeSecurityIds[0].key`. */
export interface ErrorDetail {
  code: string;
  target?: string;
  message: string;
}

export interface GraphErrorOptions {
  /** Where it is not the one that usually goes with the code: a wrong method is `Request_BadRequest` with 405. */
  status?: number;
  details?: readonly ErrorDetail[];
  /** Headers that belong to the answer, such as `WWW-Authenticate` or `Allow`. */
  headers?: Readonly<Record<string, string>>;
  /** For telemetry; never serialised. */
  cause?: unknown;
}

/** An error that the caller may see. Adapters translate whatever they meet into one. */
export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly code: ErrorCode | ForeignCode;
  readonly status: number;
  readonly details: readonly ErrorDetail[];
  readonly headers: Readonly<Record<string, string>>;

  constructor(code: ErrorCode, message: string, options?: GraphErrorOptions);
  constructor(code: ForeignCode, message: string, options: GraphErrorOptions & { status: number });
  constructor(code: ErrorCode | ForeignCode, message: string, options: GraphErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.status = options.status ?? errorCodes[code as ErrorCode].status;
    this.details = options.details ?? [];
    this.headers = options.headers ?? {};
  }
}

/** The only place where anything thrown becomes an answer. */
export const toGraphError = (thrown: unknown): GraphError =>
  thrown instanceof GraphError
    ? thrown
    : new GraphError('generalException', 'The request could not be completed.', { cause: thrown });

/** What identifies one request in answers and logs. */
export interface RequestIds {
  requestId: string;
  clientRequestId: string;
}

/** The JSON text of an error answer; `date` has seconds and no zone, as Graph writes it. */
export function toErrorBody(error: GraphError, ids: RequestIds, now: Date): string {
  return JSON.stringify({
    error: {
      code: error.code,
      message: error.message,
      ...(error.details.length > 0 && { details: error.details }),
      innerError: {
        date: now.toISOString().slice(0, 19),
        'request-id': ids.requestId,
        'client-request-id': ids.clientRequestId,
      },
    },
  });
}

/** The answer of the directory when an object, or the target of a reference, is not there. */
export const notFound = (id: string): GraphError =>
  new GraphError(
    'Request_ResourceNotFound',
    `Resource '${id}' does not exist or one of its queried reference-property objects are not present.`,
  );
