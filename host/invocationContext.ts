import { randomUUID } from 'node:crypto';
import { format } from 'node:util';

const noTrace = { traceParent: undefined, traceState: undefined };

/** What a handler gets as its second argument: the part of the library's `InvocationContext` that an app needs. */
export class LocalContext {
  readonly functionName: string;
  /** Empty, as in the real host without telemetry. */
  readonly traceContext = noTrace;
  /** What a queue tells about a message; undefined for other functions. */
  readonly triggerMetadata: Readonly<Record<string, unknown>> | undefined;
  readonly #write: (line: string) => void;
  #invocationId?: string;

  /** @param write takes one entry of the log, which may have several lines */
  constructor(functionName: string, write: (line: string) => void, triggerMetadata?: Record<string, unknown>) {
    this.functionName = functionName;
    this.triggerMetadata = triggerMetadata;
    this.#write = write;
  }

  get invocationId(): string {
    return (this.#invocationId ??= randomUUID());
  }

  log(...values: unknown[]): void {
    this.#entry('', values);
  }
  info(...values: unknown[]): void {
    this.#entry('', values);
  }
  warn(...values: unknown[]): void {
    this.#entry('warning: ', values);
  }
  error(...values: unknown[]): void {
    this.#entry('error: ', values);
  }
  debug(...values: unknown[]): void {
    this.#entry('debug: ', values);
  }
  trace(...values: unknown[]): void {
    this.#entry('trace: ', values);
  }

  #entry(level: string, values: unknown[]): void {
    this.#write(`[${this.functionName}] ${level}${format(...values)}`);
  }
}
