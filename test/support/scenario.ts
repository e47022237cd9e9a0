import { readFileSync } from 'node:fs';
import MarkdownIt from 'markdown-it';
import { parse } from 'yaml';
import { unsignedToken } from './tokens.ts';

/** A page of requests and the answers they must get; see test/scenarios/README.md for the dialect. */
export interface Scenario {
  title: string;
  /** Settings of the app, from the front matter. */
  env: Record<string, string>;
  steps: Step[];
}

/** The comment before a step that says why it is for the emulator alone. */
const mark = /^<!-- Only the emulator: (.*) -->$/;

export interface Step {
  title: string;
  line: number;
  /** Why a gateway cannot play it; undefined where it can. */
  emulatorOnly?: string;
  request: Message;
  response: Message;
}

/** A start line, headers and body, as shown in a block. */
interface Message {
  start: string;
  headers: [name: string, value: string][];
  body: string;
}

export function readScenario(path: string): Scenario {
  const text = readFileSync(path, 'utf8');
  const front = /^---\n([\s\S]*?)\n---\n/.exec(text);
  const skipped = (front?.[0] ?? '').split('\n').length - 1;
  const tokens = new MarkdownIt({ html: true }).parse(text.slice(front?.[0].length ?? 0), {});
  const steps: Step[] = [];
  let title = '';
  let heading = '';
  let request: Message | undefined;
  let reason: string | undefined;
  tokens.forEach((token, index) => {
    if (token.type === 'heading_open') {
      const content = tokens[index + 1]?.content ?? '';
      if (token.tag === 'h1') title = content;
      else heading = content;
    }
    if (token.type === 'html_block') reason = mark.exec(token.content.trim())?.[1];
    if (token.type !== 'fence') return;
    const message = readMessage(token.content);
    const line = skipped + (token.map?.[0] ?? 0) + 1;
    if (!message.start.startsWith('HTTP/')) request = message;
    else if (request) {
      const emulatorOnly = reason === undefined ? {} : { emulatorOnly: reason };
      steps.push({ title: heading, line, request, response: message, ...emulatorOnly });
      request = undefined;
      reason = undefined;
    } else throw new Error(`${path}:${line}: an answer without a request`);
  });
  if (request || steps.length === 0) throw new Error(`${path}: a request without an answer`);
  return { title, env: (parse(front?.[1] ?? '{}') ?? {}) as Record<string, string>, steps };
}

function readMessage(block: string): Message {
  const [head = '', ...body] = block.trimEnd().split('\n\n');
  const [start = '', ...lines] = head.split('\n');
  const headers = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon), line.slice(colon + 1).trim()];
  });
  return { start, headers, body: body.join('\n\n') };
}

/** Values that earlier answers showed: `{id}` in a later block stands for them. */
export type Captured = Map<string, string>;

/** Sends the request of a step and compares the answer; @returns every difference, as sentences. */
export async function play(step: Step, base: string, captured: Captured): Promise<string[]> {
  captured.set('base', base);
  const fill = (text: string): string => text.replace(/\{(\w+)\}/g, (all, name: string) => captured.get(name) ?? all);
  const [, method = '', path = ''] = /^(\S+) (.*)$/.exec(step.request.start) ?? [];
  const headers = new Headers({ authorization: 'Bearer adele' });
  if (step.request.body) headers.set('content-type', 'application/json');
  for (const [name, value] of step.request.headers) {
    if (value === '(none)') headers.delete(name);
    else headers.set(name, fill(value));
  }
  const claims = /^Claims (.*)$/.exec(headers.get('authorization') ?? '')?.[1];
  if (claims) headers.set('authorization', `Bearer ${unsignedToken(JSON.parse(claims) as object)}`);
  const answer = await fetch(base + fill(path), {
    method,
    headers,
    ...(method !== 'GET' && { body: fill(step.request.body) }),
  });
  const text = await answer.text();

  const differences: string[] = [];
  const status = `HTTP/1.1 ${answer.status} ${answer.statusText}`;
  if (status !== step.response.start)
    differences.push(`status: ${status} instead of ${step.response.start}; body ${text}`);
  for (const [name, value] of step.response.headers) {
    const got = answer.headers.get(name) ?? '(none)';
    if (!agrees(value, got, captured)) differences.push(`header ${name}: ${got} instead of ${fill(value)}`);
  }
  if (step.response.body) {
    const shown: unknown = JSON.parse(step.response.body);
    differences.push(...compare(shown, text === '' ? undefined : JSON.parse(text), 'body', captured));
  }
  return differences;
}

/** What is shown must be there, value by value; what is not shown is free. */
function compare(shown: unknown, got: unknown, at: string, captured: Captured): string[] {
  if (Array.isArray(shown)) {
    if (!Array.isArray(got)) return [`${at}: ${JSON.stringify(got)} instead of a list`];
    if (shown.length !== got.length) return [`${at}: ${got.length} items instead of ${shown.length}`];
    return shown.flatMap((item, index) => compare(item, got[index], `${at}[${index}]`, captured));
  }
  if (typeof shown === 'object' && shown !== null) {
    if (typeof got !== 'object' || got === null) return [`${at}: ${JSON.stringify(got)} instead of an object`];
    return Object.entries(shown).flatMap(([name, value]) =>
      compare(value, (got as Record<string, unknown>)[name], `${at}.${name}`, captured),
    );
  }
  if (shown === '(none)') return got === undefined ? [] : [`${at}: ${JSON.stringify(got)} instead of nothing`];
  if (typeof shown === 'string' && typeof got === 'string' && agrees(shown, got, captured)) return [];
  return Object.is(shown, got) ? [] : [`${at}: ${JSON.stringify(got)} instead of ${JSON.stringify(shown)}`];
}

/** Compares texts; a placeholder without a value takes whatever stands in its place, a GUID where it is called so. */
function agrees(shown: string, got: string, captured: Captured): boolean {
  const names: string[] = [];
  const pattern = shown.replace(/\{(\w+)\}|[.*+?^${}()|[\]\\]/g, (all, name: string | undefined) => {
    if (name === undefined) return `\\${all}`;
    const known = captured.get(name);
    if (known !== undefined) return known.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    names.push(name);
    return '(.+)';
  });
  const match = new RegExp(`^${pattern}$`).exec(got);
  if (!match) return false;
  names.forEach((name, index) => captured.set(name, String(match[index + 1])));
  return true;
}
