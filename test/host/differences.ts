import { isDeepStrictEqual } from 'node:util';
import type { Exchange, Header, Received, Recorded, Vector } from './replay.ts';

/** Compares what came with what is recorded; a list of differences, empty when there are none. */
export function differences({ answer }: Vector, got: Exchange, host: string): string[] {
  const found: string[] = [];
  if (got.problem) found.push(got.problem);
  if (got.rest.length > 0) found.push(`unparsed bytes: ${JSON.stringify(got.rest.toString('latin1', 0, 200))}`);
  const statuses = {
    wanted: answer.responses.map(({ status }) => status),
    got: got.responses.map(({ status }) => status),
  };
  if (!isDeepStrictEqual(statuses.wanted, statuses.got))
    found.push(`status: wanted ${String(statuses.wanted)}, got ${String(statuses.got)}`);
  for (const [i, wanted] of answer.responses.entries()) {
    const received = got.responses[i];
    if (received) found.push(...headerDifferences(wanted, received, host), ...bodyDifferences(wanted, received, host));
  }
  if (answer.closed !== null && answer.closed !== got.closed)
    found.push(`closed: wanted ${String(answer.closed)}, got ${String(got.closed)}`);
  return found;
}

/** Names compare ignoring case, values exactly, repeated ones in order; `{ANY}` stands for any. */
function headerDifferences(wanted: Recorded, got: Received, host: string): string[] {
  const valuesOf = (headers: readonly Header[], name: string) =>
    headers.filter(([known]) => known.toLowerCase() === name).map(([, value]) => value);
  const compared = got.headers
    .filter(isCompared)
    .map(([name, value]): Header => [name, value.replaceAll(host, '{HOST}')]);
  const names = new Set([...wanted.headers, ...compared].map(([name]) => name.toLowerCase()));
  return [...names].sort().flatMap((name) => {
    const [a, b] = [valuesOf(wanted.headers, name), valuesOf(compared, name)];
    const equal = a.length === b.length && a.every((value, i) => value === '{ANY}' || value === b[i]);
    return equal ? [] : [`header ${name}: wanted ${JSON.stringify(a)}, got ${JSON.stringify(b)}`];
  });
}

/** Not compared: a Date that the handler did not set, and how the server keeps connections. */
function isCompared([name, value]: Header): boolean {
  switch (name.toLowerCase()) {
    case 'date':
      return value.startsWith('Thu, 01 Jan 1970');
    case 'keep-alive':
      return false;
    case 'connection':
      return value.toLowerCase() !== 'keep-alive';
    default:
      return true;
  }
}

function bodyDifferences(wanted: Recorded, got: Received, host: string): string[] {
  const found =
    Boolean(wanted.truncated) === got.truncated ? [] : [`shorter than its length: wanted ${String(!got.truncated)}`];
  if (wanted.anyBody) return found;
  const text = got.body.toString().replaceAll(host, '{HOST}');
  const [a, b] = wanted.json
    ? [wanted.json, parsedJson(text)]
    : [wanted.text ?? wanted.base64 ?? '', wanted.base64 === undefined ? text : got.body.toString('base64')];
  if (isDeepStrictEqual(a, b)) return found;
  const shown = (value: unknown) => JSON.stringify(value).slice(0, 400);
  return [...found, `body: wanted ${shown(a)}, got ${shown(b)}`];
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
