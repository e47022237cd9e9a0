import { schemas } from '../contract/generated/schemas.ts';
import type { Operation } from '../operations/operation.ts';
import { endingOf, typeIn } from './endings.ts';
import { groupOf, inOrder, type Group } from './groups.ts';
import { examplesOf, ownPages, pageOf, type DescribedPage, type PageExample, type Pages } from './pages.ts';
import { parametersOf, type DescribedParameter } from './parameters.ts';
import { refusalsOf, type Refusal } from './refusals.ts';
import { toSentenceCase } from './words.ts';

/** One address of an operation, with all that a document says of it. OpenAPI and Swagger are two ways to write this down. */
export interface Described {
  /** Unique: the operation's id, with an ending where it has further addresses. */
  name: string;
  /** Id of the operation. */
  operation: string;
  /** In sentence case. */
  title: string;
  description: string;
  method: string;
  /** Below the version. */
  path: string;
  group: Group;
  parameters: readonly DescribedParameter[];
  body?: DescribedBody;
  answer: DescribedAnswer;
  refusals: readonly Refusal[];
  permissions: Operation['permissions'];
  examples: readonly PageExample[];
}

export interface DescribedBody {
  mediaTypes: readonly string[];
  /** Name of the schema of a JSON body. */
  schema?: string;
}

export interface DescribedAnswer {
  status: number;
  /** None where the answer has no body. */
  mediaType?: string;
  /** Name of the schema, or of that of the items. */
  schema?: string;
  isCollection: boolean;
  /** It is a list of texts. */
  isOfTexts: boolean;
  /** It is a list that may go on elsewhere. */
  isPaged: boolean;
}

/** What an operation needs to be described. */
export type Describable = Pick<Operation, 'id' | 'method' | 'paths' | 'permissions'>;

/**
 * Describes every address of every operation, the documented endpoints first.
 * @param operations those that are served under the contract in force
 */
export const describeAll = (operations: readonly Describable[], pages: Pages = ownPages): Described[] =>
  inOrder(operations.flatMap((operation) => operation.paths.map((path) => describe(operation, path, pages))));

function describe(operation: Describable, path: string, pages: Pages): Described {
  const { id, method, permissions } = operation;
  const page = pageOf(id, pages);
  const examples = examplesOf(id, path, pages);
  const body = bodyOf(page, method);
  const ending = endingOf(path, operation.paths);
  return {
    name: id + ending.name,
    operation: id,
    title: toSentenceCase(page.title) + ending.title,
    description: page.description,
    method: method.toLowerCase(),
    path,
    group: groupOf(id, path, path === operation.paths[0]),
    parameters: parametersOf(page, path),
    ...(body && { body }),
    answer: answerOf(page, path, method, examples),
    refusals: refusalsOf({
      hasBody: body !== undefined,
      names: /\{|^\/me\b/.test(path),
      creates: page.answer.status === 201,
    }),
    permissions,
    examples,
  };
}

/** Its media types stand in the row of `Content-Type`. */
function bodyOf({ body, requestHeaders }: DescribedPage, method: string): DescribedBody | undefined {
  const contentType = requestHeaders.find(({ name }) => /^content-type$/i.test(name))?.description ?? '';
  const mediaTypes = contentType.match(/\b(?:application|text|multipart)\/[\w.+-]*\w/g) ?? [];
  if (['GET', 'DELETE'].includes(method) || (body === undefined && mediaTypes.length === 0)) return undefined;
  return {
    mediaTypes: mediaTypes.length > 0 ? mediaTypes : ['application/json'],
    ...(body !== undefined && { schema: body }),
  };
}

function answerOf(
  { answer }: DescribedPage,
  path: string,
  method: string,
  examples: readonly PageExample[],
): DescribedAnswer {
  if (path.endsWith('/$count')) {
    return { status: 200, mediaType: 'text/plain', isCollection: false, isOfTexts: false, isPaged: false };
  }
  const { status, type, isCollection = false, mediaType = 'application/json' } = answer;
  const hasBody =
    type !== undefined ||
    answer.mediaType !== undefined ||
    examples.some(({ response }) => response.body !== undefined);
  const own = typeIn(path.slice(path.lastIndexOf('/') + 1));
  const schema = [own, type?.replace(/^.*\./, '')].find((name) => name !== undefined && name in schemas);
  const isOfTexts = isCollection && type === 'Edm.String';
  return {
    status,
    ...(hasBody && status !== 204 && { mediaType }),
    ...(schema !== undefined && { schema }),
    isCollection,
    isOfTexts,
    isPaged: isCollection && method === 'GET',
  };
}
