import { GraphError } from '../../contract/errors.ts';
import { isGuid } from '../../contract/guid.ts';
import { Json } from '../../contract/json.ts';
import type { Entity, ObjectType, Page } from '../port.ts';
import type { GraphAnswer } from './graphClient.ts';

/**
 * The object without the annotations that would lead callers past the gateway, or that it makes itself.
 * @param usual its type, where Graph does not say
 * @throws GraphError with status 502 when it is no object of a directory
 */
export const toEntity = (body: GraphAnswer['body'], usual: ObjectType = 'microsoft.graph.device'): Entity =>
  entityOf(body, usual, selectionOf(body));

/**
 * A part of a list. Of the address of the next one only the query is kept: it is asked for at the gateway.
 * @throws GraphError with status 502 when it is no list
 */
export function toPage(body: GraphAnswer['body'], usual?: ObjectType): Page {
  const { value, '@odata.nextLink': link, '@odata.count': count } = body ?? {};
  if (!Array.isArray(value)) throw notUnderstood();
  const selection = selectionOf(body);
  return {
    value: (value as Record<string, unknown>[]).map((item) =>
      entityOf(item, usual ?? 'microsoft.graph.device', selection),
    ),
    ...(selection !== undefined && { selection }),
    ...(typeof count === 'number' && { count }),
    ...nextOf(link),
  };
}

/** @throws GraphError with status 502 when it is no list of texts */
export function toStrings(body: GraphAnswer['body']): readonly string[] {
  const { value } = body ?? {};
  if (!Array.isArray(value) || value.some((item) => typeof item !== 'string')) throw notUnderstood();
  return value as string[];
}

/** @throws GraphError with status 502 when it is no number */
export function toCount({ text = '' }: GraphAnswer): number {
  const digits = /^\uFEFF?(\d+)$/.exec(text.trim())?.[1];
  if (digits === undefined) throw notUnderstood();
  return Number(digits);
}

function entityOf(body: GraphAnswer['body'], usual: ObjectType, selection: string | undefined): Entity {
  const { '@odata.type': type, ...rest } = body ?? {};
  // Of what was selected the id may be left out.
  if (!isGuid(String(rest.id)) && !(body && selection)) throw notUnderstood();
  return {
    id: typeof rest.id === 'string' ? rest.id : '',
    type: typeof type === 'string' ? (type.replace('#', '') as ObjectType) : usual,
    json: new Json(JSON.stringify(rest, (name, value: unknown) => (leadsPast(name) ? undefined : value))),
    ...(selection !== undefined && { selection }),
  };
}

/**
 * Annotations, also of a property (`registeredOwners@odata.nextLink`) and of what is nested, whose address is one of Graph's own.
 * Types and counts stay.
 * Source: OData JSON Format 4.01, "Instance annotations"; the prefix `odata.` may be left out there.
 */
const leadsPast = (name: string): boolean =>
  name.includes('@') &&
  /@(?:odata\.)?(?:context|metadataEtag|id|editLink|readLink|nextLink|deltaLink|associationLink|navigationLink|media\w+)$/i.test(
    name,
  );

/** `(id,displayName)` in `…$metadata#devices(id,displayName)/$entity`. */
function selectionOf(body: GraphAnswer['body']): string | undefined {
  const context = body?.['@odata.context'];
  return typeof context === 'string' ? /#[^(/]+(\(.*\))(?:\/\$entity)?$/.exec(context)?.[1] : undefined;
}

function nextOf(link: unknown): Pick<Page, 'next'> {
  if (link === undefined) return {};
  if (typeof link !== 'string' || !URL.canParse(link)) throw notUnderstood();
  return { next: new URL(link).search.slice(1) };
}

const notUnderstood = (): GraphError =>
  new GraphError('generalException', 'Microsoft Graph answered in a way that was not expected.', { status: 502 });
