import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { HttpResponse } from '@azure/functions';
import type { LocalFunction, LocalHandler } from '../../host/app.ts';
import type { LocalRequest } from '../../host/httpRequest.ts';

/** A function of apps.json; `handler` names a kind below and `with` holds its arguments. */
export interface Probe extends Pick<LocalFunction, 'name' | 'route' | 'authLevel'> {
  readonly methods?: readonly string[];
  readonly handler: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

/** The handlers with which the vectors were recorded. */
export function probeHandler({ handler: kind, with: given = {} }: Probe): LocalHandler {
  const make = kinds[kind];
  if (!make) throw new Error(`There is no probe of kind ${kind}.`);
  return make(given);
}

const kinds: Readonly<Record<string, (given: Readonly<Record<string, unknown>>) => LocalHandler>> = {
  echo: () => async (request, context) => ({
    jsonBody: { function: context.functionName, ...(await echoOf(request)) },
  }),
  answer: (given) => () => answerOf(given),
  value:
    ({ value }) =>
    () =>
      value,
  undefined: () => () => undefined,
  throw: () => () => {
    throw new Error('boom');
  },
  throwText: () => () => {
    // eslint-disable-next-line @typescript-eslint/only-throw-error -- what is probed
    throw 'boom';
  },
  reject: () => () => Promise.reject(new Error('boom')),
  bodyObject: () => () => ({ body: { a: 1 } }),
  bodyNumber: () => () => ({ body: 42 }),
  jsonUndefined: () => () => ({ jsonBody: undefined }),
  jsonBigInt: () => () => ({ jsonBody: { a: 1n } }),
  stream: () => () => ({
    body: streamOf(async (out) => {
      out.enqueue(Buffer.from('part1-'));
      await wait(100);
      out.enqueue(Buffer.from('part2'));
      out.close();
    }),
  }),
  streamError: () => () => ({
    body: streamOf(async (out) => {
      out.enqueue(Buffer.from('part1'));
      await wait(50);
      out.error(new Error('boom'));
    }),
  }),
  generator: () => () => ({ body: letters() }),
  blob: () => () => ({ body: new Blob(['blob'], { type: 'text/x-probe' }) }),
  urlSearchParams: () => () => ({ body: new URLSearchParams({ a: 'b c' }) }),
  httpResponse: () => () => new HttpResponse({ status: 201, jsonBody: { a: 1 }, headers: { 'x-probe': '1' } }),
  webResponse: () => () => new Response('web', { status: 203, headers: { 'x-probe': '1' } }),
  slow:
    ({ ms }) =>
    async () => {
      await wait(Number(ms));
      return { body: 'slow' };
    },
  bodyAs:
    ({ as }) =>
    async (request) => {
      try {
        return { jsonBody: { as, value: readable(await request[as as 'json']()) } };
      } catch (thrown) {
        return { status: 400, body: (thrown as Error).name };
      }
    },
};

const shownHeader =
  /^(?:x-.*|host|content-type|content-length|content-encoding|transfer-encoding|expect|forwarded|cookie|accept|prefer)$/;

async function echoOf(request: LocalRequest) {
  const bytes = request.body === null ? null : Buffer.from(await request.arrayBuffer());
  const large = bytes && bytes.length > 4096;
  return {
    method: request.method,
    url: request.url,
    params: request.params,
    query: [...request.query],
    headers: Object.fromEntries([...request.headers].filter(([name]) => shownHeader.test(name))),
    body: large
      ? { length: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
      : (bytes?.toString('base64') ?? null),
  };
}

function answerOf({ text, bytes, headerList, cookies, ...same }: Readonly<Record<string, unknown>>) {
  const headers = new Headers();
  for (const [name, value] of (headerList ?? []) as [string, string][]) headers.append(name, value);
  return {
    ...same,
    ...(text === undefined ? {} : { body: text }),
    ...(bytes === undefined ? {} : { body: new Uint8Array(Buffer.from(bytes as string, 'base64')) }),
    ...(headerList === undefined ? {} : { headers }),
    ...(cookies === undefined ? {} : { cookies: (cookies as { expires?: string }[]).map(dated) }),
  };
}

const dated = ({ expires, ...cookie }: { expires?: string }) =>
  expires === undefined ? cookie : { ...cookie, expires: new Date(expires) };

const streamOf = (start: (out: ReadableStreamDefaultController<Uint8Array>) => Promise<void>) =>
  new ReadableStream<Uint8Array>({ start: (out) => void start(out) });

function* letters() {
  yield 'a';
  yield 'b';
}

function readable(value: unknown): unknown {
  if (value instanceof File) return { name: value.name, type: value.type, size: value.size };
  if (value instanceof Blob) return { size: value.size, type: value.type };
  if (value instanceof FormData) return [...value].map(([name, entry]) => [name, readable(entry)]);
  return value;
}
