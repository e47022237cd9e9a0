import operations from '../contract/generated/descriptions.json' with { type: 'json' };
import examples from '../contract/generated/examples.json' with { type: 'json' };

/** A header or parameter as a page describes it. */
export interface PageParameter {
  name: string;
  /** A primitive of OData, such as `Int32`; text where the page names none. */
  type?: string;
  description: string;
}

/** What the page of an operation says besides what runs; generated from `docs/api/`. */
export interface DescribedPage {
  title: string;
  description: string;
  requestHeaders: readonly PageParameter[];
  pathParameters?: readonly PageParameter[];
  queryParameters?: readonly PageParameter[];
  /** Name of the schema of the request body. */
  body?: string;
  answer: { status: number; type?: string; isCollection?: boolean; mediaType?: string };
}

/** A request of a page and its response. */
export interface PageExample {
  operation: string;
  name?: string;
  request: Message & { path: string };
  response: Message & { status: number };
}

interface Message {
  /** Names and values. */
  headers: readonly (readonly string[])[];
  body?: string;
}

/** The body of a message as a value; undefined where there is none, or one that is no JSON. */
export function jsonIn({ headers, body }: Message): unknown {
  const [, mediaType = 'application/json'] = headers.find(([name]) => /^content-type$/i.test(name ?? '')) ?? [];
  return body === undefined || !/\bjson\b/i.test(mediaType) ? undefined : JSON.parse(body);
}

/** All pages. */
export interface Pages {
  /** By the operation's id. */
  operations: Readonly<Record<string, DescribedPage>>;
  examples: readonly PageExample[];
}

/** The pages in `docs/api/`. */
export const ownPages: Pages = { operations, examples };

/** @throws Error when there is no page of the operation */
export function pageOf(id: string, pages: Pages): DescribedPage {
  const page = pages.operations[id];
  if (!page) throw new Error(`No page in docs/api describes ${id}.`);
  return page;
}

/** The examples of success that a page shows for one of its addresses. */
export function examplesOf(id: string, path: string, { examples }: Pages): PageExample[] {
  const address = new RegExp(
    `^/(?:v1\\.0|beta)${path
      .split(/\{[^}]+\}/)
      .map(escaped)
      .join('[^/]+')}(?:\\?.*)?$`,
    'i',
  );
  return examples.filter(
    ({ operation, request, response }) => operation === id && response.status < 400 && address.test(request.path),
  );
}

const escaped = (text: string): string => text.replace(/[$().*+?^|[\]\\]/g, '\\$&');
