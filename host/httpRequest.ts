import type { IncomingMessage } from 'node:http';
import { headerValue, RequestHeaders } from './requestHeaders.ts';
import { toUrl, type Target } from './target.ts';

/**
 * What a handler gets as its request: the part of the library's `HttpRequest` that an app needs, all of it made on demand.
 * Source: `@azure/functions` src/http/HttpRequest.ts; test/host/vectors.json for what the real host puts into it
 */
export class LocalRequest {
  readonly method: string;
  /** Route values. */
  readonly params: Record<string, string>;
  readonly #raw: readonly string[];
  readonly #target: Target;
  readonly #scheme: 'http' | 'https';
  readonly #bytes: Buffer<ArrayBuffer> | undefined;
  #headers?: RequestHeaders;
  #url?: string;
  #query?: URLSearchParams;
  #used = false;
  #web?: Response;

  /** @param bytes the whole body, undefined when there is none */
  constructor(
    incoming: IncomingMessage,
    target: Target,
    params: Record<string, string>,
    bytes: Buffer<ArrayBuffer> | undefined,
  ) {
    this.method = incoming.method ?? '';
    this.params = params;
    this.#raw = incoming.rawHeaders;
    this.#target = target;
    this.#scheme = 'encrypted' in incoming.socket ? 'https' : 'http';
    this.#bytes = bytes;
  }

  get headers(): RequestHeaders {
    return (this.#headers ??= new RequestHeaders(this.#raw));
  }

  /** Absolute; see `toUrl`. */
  get url(): string {
    return (this.#url ??= toUrl(this.#scheme, headerValue(this.#raw, 'host') ?? '', this.#target));
  }

  /** Each key once, ignoring case, its non-empty values joined with a comma. */
  get query(): URLSearchParams {
    return (this.#query ??= joined(new URLSearchParams(this.#target.query)));
  }

  get body(): ReadableStream<Uint8Array> | null {
    return this.#bytes ? (this.#web ??= this.#response(this.#bytes)).body : null;
  }

  get bodyUsed(): boolean {
    return this.#used || this.#web?.bodyUsed === true;
  }

  /** The exact bytes. */
  async arrayBuffer(): Promise<ArrayBuffer> {
    if (this.#web) return this.#web.arrayBuffer();
    const bytes = this.#take();
    // node:http gives the one chunk of a small body in memory of its own: no need to copy that.
    return bytes.length === bytes.buffer.byteLength ? bytes.buffer : new Uint8Array(bytes).buffer;
  }

  /** UTF-8, without a byte order mark. */
  async text(): Promise<string> {
    if (this.#web) return this.#web.text();
    const text = this.#take().toString();
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  }

  /** @throws SyntaxError also when there is no body */
  async json(): Promise<unknown> {
    return JSON.parse(await this.text()) as unknown;
  }

  async blob(): Promise<Blob> {
    return (this.#web ??= this.#response(this.#take())).blob();
  }

  /** @throws TypeError when the content type is not that of a form */
  async formData(): Promise<FormData> {
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- the library's own way, unfit for large forms only
    return (this.#web ??= this.#response(this.#take())).formData();
  }

  #take(): Buffer<ArrayBuffer> {
    if (this.#used) throw new TypeError('Body is unusable: Body has already been read');
    this.#used = this.#bytes !== undefined;
    return this.#bytes ?? Buffer.alloc(0);
  }

  /** Node's own reader, for the rarer ways to read a body. */
  #response(bytes: Buffer<ArrayBuffer>): Response {
    const type = this.headers.get('content-type');
    return new Response(bytes, type ? { headers: { 'content-type': type } } : {});
  }
}

function joined(query: URLSearchParams): URLSearchParams {
  const merged = new Map<string, [string, string]>();
  for (const [key, value] of query) {
    const known = merged.get(key.toLowerCase());
    if (!known) merged.set(key.toLowerCase(), [key, value]);
    else if (value) known[1] = known[1] ? `${known[1]},${value}` : value;
  }
  return new URLSearchParams([...merged.values()]);
}
