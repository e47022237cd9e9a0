import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

/** One recorded exchange; test/host/README.md explains the members. */
export interface Vector {
  readonly id: string;
  readonly app: string;
  readonly theme: string;
  readonly title: string;
  readonly request: { readonly methods: readonly string[]; readonly parts: readonly Part[] };
  readonly answer: { readonly responses: readonly Recorded[]; readonly closed: boolean | null };
}

type Part =
  | string
  | { readonly base64: string }
  | { readonly fill: string; readonly times: number }
  | { readonly pattern: number }
  | { readonly await: number }
  | { readonly pause: number };

/** A response as it is recorded. */
export interface Recorded {
  readonly status: number;
  readonly headers: readonly Header[];
  readonly json?: Readonly<Record<string, unknown>>;
  readonly text?: string;
  readonly base64?: string;
  readonly anyBody?: boolean;
  readonly truncated?: boolean;
}
export type Header = readonly [name: string, value: string];

export interface Received {
  status: number;
  headers: Header[];
  body: Buffer;
  truncated: boolean;
}

/** What a host sent over one connection. */
export interface Exchange {
  readonly responses: readonly Received[];
  /** Bytes after the last whole response, and those of one that breaks the rules. */
  readonly rest: Buffer;
  /** Whether the host closed the connection by 0.4 s after the last response. */
  readonly closed: boolean;
  readonly problem?: string;
}

/** Sends one vector's request over a new connection to `host` (`address:port`) and waits for its responses. */
export function exchange(host: string, { methods, parts }: Vector['request']): Promise<Exchange> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(`http://${host}`);
    const socket = connect(Number(port), hostname);
    const abort = new AbortController();
    let data = Buffer.alloc(0);
    let ended = false;
    let idle: NodeJS.Timeout | undefined;
    const arrived = Promise.withResolvers<undefined>();
    const finish = (problem?: string) => {
      if (abort.signal.aborted) return;
      abort.abort();
      clearTimeout(idle);
      clearTimeout(deadline);
      socket.destroy();
      resolve({
        ...parseResponses(data, methods, ended),
        closed: ended,
        ...(problem === undefined ? {} : { problem }),
      });
    };
    const deadline = setTimeout(finish, 10_000, 'no complete answer in time');
    const end = () => {
      ended = true;
      finish();
    };
    socket.on('data', (chunk) => {
      data = Buffer.concat([data, chunk]);
      arrived.resolve(undefined);
      const { responses } = parseResponses(data, methods, ended);
      if (responses.filter(({ status }) => status >= 200).length < methods.length) return;
      clearTimeout(idle);
      idle = setTimeout(finish, 400);
    });
    socket.on('end', end);
    socket.on('error', end);
    const sent = async () => {
      for (const part of parts) {
        if (typeof part === 'object' && 'await' in part) {
          await Promise.race([arrived.promise, wait(part.await)]);
        } else if (typeof part === 'object' && 'pause' in part) {
          await wait(part.pause);
        } else if (!abort.signal.aborted) socket.write(bytesOf(part, host));
      }
    };
    socket.on('connect', () => void sent());
  });
}

function bytesOf(part: Exclude<Part, { await: number } | { pause: number }>, host: string): Buffer {
  if (typeof part === 'string') return Buffer.from(part.replaceAll('{HOST}', host), 'latin1');
  if ('base64' in part) return Buffer.from(part.base64, 'base64');
  if ('fill' in part) return Buffer.from(part.fill.repeat(part.times), 'latin1');
  return Buffer.from(Uint8Array.from({ length: part.pattern }, (_, i) => (i * 7 + (i >> 8)) & 255));
}

/** The whole responses at the start of `data`, one for each request method, interim ones apart. */
function parseResponses(data: Buffer, methods: readonly string[], ended: boolean) {
  const responses: Received[] = [];
  let rest = data;
  for (const method of methods) {
    let response: { received: Received; rest: Buffer } | undefined;
    do {
      response = parseResponse(rest, method, ended);
      if (!response) return { responses, rest };
      responses.push(response.received);
      rest = response.rest;
    } while (response.received.status < 200);
  }
  return { responses, rest };
}

function parseResponse(data: Buffer, method: string, ended: boolean) {
  const end = data.indexOf('\r\n\r\n');
  const [line = '', ...lines] = data.subarray(0, end).toString('latin1').split('\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3})(?: |$)/.exec(line)?.[1]);
  if (end === -1 || Number.isNaN(status)) return undefined;
  const headers = lines.map((text): Header => [
    text.slice(0, text.indexOf(':')),
    text.slice(text.indexOf(':') + 1).trim(),
  ]);
  const valueOf = (name: string) => headers.find(([known]) => known.toLowerCase() === name)?.[1];
  const content = data.subarray(end + 4);
  const parsed = (body: Buffer, used: number, truncated = false) => ({
    received: { status, headers, body, truncated },
    rest: content.subarray(used),
  });
  if (status < 200 || status === 204 || status === 304 || method === 'HEAD') return parsed(Buffer.alloc(0), 0);
  if (/chunked/i.test(valueOf('transfer-encoding') ?? '')) {
    const chunks = parseChunks(content);
    return chunks && parsed(chunks.body, chunks.used);
  }
  const length = Number(valueOf('content-length') ?? Infinity);
  if (content.length < length && !ended) return undefined;
  const isShort = length !== Infinity && content.length < length;
  return parsed(content.subarray(0, length), Math.min(length, content.length), isShort);
}

function parseChunks(content: Buffer): { body: Buffer; used: number } | undefined {
  const pieces: Buffer[] = [];
  for (let at = 0; ;) {
    const line = content.indexOf('\r\n', at);
    const digits = content.subarray(at, line).toString('latin1');
    if (line === -1 || !/^[\da-f]+$/i.test(digits)) return undefined;
    const from = line + 2;
    const to = from + parseInt(digits, 16);
    if (content.length < to + 2) return undefined;
    pieces.push(content.subarray(from, to));
    at = to + 2;
    if (from === to) return { body: Buffer.concat(pieces), used: at };
  }
}
