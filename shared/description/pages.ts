import examples from '../contract/generated/examples.json' with { type: 'json' };
import operations from '../contract/generated/operations.json' with { type: 'json' };

/** A header or parameter as a page describes it. */
export interface PageParameter {
  name: string;
  /** A primitive of OData, such as `Int32`; text where the page names none. */
  type?: string;
  description: string;
}

/** What the page of an operation says besides what runs; generated from `docs/api/`. */
export interface DescribedPage {
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
  request: { path: string; body?: string };
  response: { status: number; body?: string };
}

/** @throws Error when there is no page of the operation */
export function pageOf(id: string): DescribedPage {
  const page = (operations as Readonly<Record<string, DescribedPage>>)[id];
  if (!page) throw new Error(`No page in docs/api describes ${id}.`);
  return page;
}

/** The examples of success that a page shows for one of its addresses. */
export function examplesOf(id: string, path: string): PageExample[] {
  const address = new RegExp(
    `^/(?:v1\\.0|beta)${path
      .split(/\{[^}]+\}/)
      .map(escaped)
      .join('[^/]+')}(?:\\?.*)?$`,
    'i',
  );
  return (examples as readonly PageExample[]).filter(
    ({ operation, request, response }) => operation === id && response.status < 400 && address.test(request.path),
  );
}

const escaped = (text: string): string => text.replace(/[$().*+?^|[\]\\]/g, '\\$&');
