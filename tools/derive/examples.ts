import { annotated } from './annotation.ts';
import { findPath } from './examplePath.ts';
import { methods, readHttpMessage } from './httpMessage.ts';
import type { Header, HttpMessage } from './httpMessage.ts';
import type { Operation } from './operationPage.ts';
import { blocksOf } from './page.ts';
import type { Block } from './outline.ts';
import type { Page } from './page.ts';
import type { Report } from './pageErrors.ts';
import { spellType } from './typeNames.ts';
import type { TypeNames } from './typeNames.ts';

export interface ExampleRequest {
  method: string;
  /** As the page shows it. */
  url: string;
  /** Path and query below the host, with the version. */
  path: string;
  headers: Header[];
  body?: string;
}
export interface ExampleResponse {
  status: number;
  statusText: string;
  headers: Header[];
  body?: string;
  type?: string;
  truncated?: true;
  isCollection?: true;
  isEmpty?: true;
  expectError?: true;
}
/** A request and the response that belongs to it; `line` is that of the request line. */
export interface Example {
  operation: string;
  page: string;
  line: number;
  name?: string;
  request: ExampleRequest;
  response: ExampleResponse;
}

type PageOperation = Pick<Operation, 'id' | 'method' | 'paths'>;
interface Pair {
  name?: string;
  request: Block;
  response?: Block;
}

/** Reads the examples of an operation page. A response belongs to the request of its name, or else to the one before it. */
export function readExamples(page: Page, operation: PageOperation, names: TypeNames): Example[] {
  const examples: Example[] = [];
  for (const { name, request, response } of pairBlocks(page)) {
    if (!response) {
      page.report.error(request.line, 'request without a response');
      continue;
    }
    const asked = readHttpMessage(request, page.report);
    const answered = readHttpMessage(response, page.report);
    const parsedRequest = asked && readRequest(asked, operation, page.report);
    const parsedResponse = answered && readResponse(answered, response, page, names);
    if (!parsedRequest || !parsedResponse) continue;
    examples.push({
      operation: operation.id,
      page: page.path,
      line: asked.line,
      ...(name === undefined ? {} : { name }),
      request: parsedRequest,
      response: parsedResponse,
    });
  }
  return examples;
}

function pairBlocks(page: Page): Pair[] {
  const pairs: Pair[] = [];
  const blocks = page.sections.flatMap((section) => section.blocks);
  for (const block of blocks) {
    const name = annotated(block.annotation, 'name');
    if (block.annotation.blockType === 'request') {
      pairs.push({ ...(name === undefined ? {} : { name }), request: block });
    } else if (block.annotation.blockType === 'response') {
      const pair = pairs.find((other) => name !== undefined && other.name === name) ?? pairs.at(-1);
      if (!pair) page.report.error(block.line, 'response without a request before it');
      else if (pair.response) page.report.error(block.line, 'a second response to the same request');
      else pair.response = block;
    }
  }
  return pairs;
}

function readRequest(message: HttpMessage, operation: PageOperation, report: Report): ExampleRequest | undefined {
  const { line, start, headers, body } = message;
  const [, method = '', url = ''] = /^([A-Z]+)\s+(\S.*?)(?:\s+HTTP\/[\d.]+)?$/.exec(start) ?? [];
  const fault = requestFault(method, url, operation);
  const found = fault === undefined ? findPath(url, operation.paths) : undefined;
  if (!found) {
    report.error(line, fault ?? `${url} is none of this page's addresses`);
    return undefined;
  }
  if (!found.certain) report.warn(line, `${url} is no version and address of this page; taken for ${found.path}`);
  return { method, url, path: found.path, headers, ...(body === undefined ? {} : { body }) };
}

function requestFault(method: string, url: string, operation: PageOperation): string | undefined {
  if (!methods.includes(method)) return 'an example request begins with a line such as "POST https://…"';
  if (!/^(?:https?:\/\/[^/]|\/)/i.test(url)) return `${url} is no address: it begins with https:// or /`;
  return method === operation.method ? undefined : `${method} on a page for ${operation.method}`;
}

function readResponse(message: HttpMessage, block: Block, page: Page, names: TypeNames): ExampleResponse | undefined {
  const [, status, statusText = ''] = /^HTTP\/[\d.]+\s+([1-5]\d\d)(?:\s+(.*))?$/.exec(message.start) ?? [];
  if (status === undefined) {
    page.report.error(message.line, 'an example response begins with a line such as "HTTP/1.1 201 Created"');
    return undefined;
  }
  const says = (key: string): boolean => block.annotation.values[key] === true;
  const type = annotated(block.annotation, '@odata.type');
  if (says('isEmpty') && message.body !== undefined) page.report.error(message.line, 'isEmpty, but here is a body');
  return {
    status: Number(status),
    statusText,
    headers: message.headers,
    ...(message.body === undefined ? {} : { body: message.body }),
    ...(type === undefined ? {} : { type: spellType(type, page, names) }),
    ...(says('truncated') ? { truncated: true } : {}),
    ...(says('isCollection') ? { isCollection: true } : {}),
    ...(says('isEmpty') ? { isEmpty: true } : {}),
    ...(says('expectError') ? { expectError: true } : {}),
  };
}

/** Whether the example shows the operation failing. */
export const isFailure = ({ response }: Example): boolean => response.expectError === true || response.status >= 400;

/** Names say which example is meant, so no two pages may use the same one. */
export function checkNames(pages: readonly Page[]): void {
  const places = new Map<string, string>();
  for (const page of pages) {
    for (const { annotation } of blocksOf(page, 'request')) {
      const name = annotated(annotation, 'name');
      if (name === undefined) continue;
      const place = places.get(name);
      if (place !== undefined) page.report.error(annotation.line, `the name ${name} is taken by ${place}`);
      places.set(name, place ?? `${page.path}:${annotation.line}`);
    }
  }
}
