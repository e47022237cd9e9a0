import { GraphError } from '../../contract/errors.ts';
import { isGuid } from '../../contract/guid.ts';
import { Json } from '../../contract/json.ts';
import type { Entity, Page } from '../port.ts';
import type { GraphAnswer } from './graphClient.ts';

/**
 * The object without the annotations that would lead callers past the gateway, or that it makes itself.
 * @throws GraphError with status 502 when it is no object of a directory
 */
export function toEntity(body: GraphAnswer['body'], usual: Entity['type'] = 'microsoft.graph.device'): Entity {
  const {
    '@odata.context': _context,
    '@odata.id': _id,
    '@odata.editLink': _editLink,
    '@odata.type': type,
    ...rest
  } = body ?? {};
  if (!isGuid(String(rest.id))) throw notUnderstood();
  return {
    id: String(rest.id),
    type: typeof type === 'string' ? (type.replace('#', '') as Entity['type']) : usual,
    json: new Json(JSON.stringify(rest)),
  };
}

/**
 * A part of a list. Of the address of the next one only the query is kept: it is asked for at the gateway.
 * @throws GraphError with status 502 when it is no list
 */
export function toPage(body: GraphAnswer['body']): Page {
  const { value, '@odata.nextLink': link } = body ?? {};
  if (!Array.isArray(value)) throw notUnderstood();
  return { value: (value as Record<string, unknown>[]).map((item) => toEntity(item)), ...nextOf(link) };
}

function nextOf(link: unknown): Pick<Page, 'next'> {
  if (link === undefined) return {};
  if (typeof link !== 'string' || !URL.canParse(link)) throw notUnderstood();
  return { next: new URL(link).search.slice(1) };
}

const notUnderstood = (): GraphError =>
  new GraphError('generalException', 'Microsoft Graph answered in a way that was not expected.', { status: 502 });
