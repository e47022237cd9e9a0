import { GraphError } from '../errors.ts';

/** A place in the text of a query option: `position` is the number of the character, the first being 1. */
export interface Place {
  option: string;
  text: string;
  position: number;
}

/** Longest part of a caller's text that a message repeats. */
const maxEcho = 200;

export const echo = (text: string): string =>
  (text.length > maxEcho ? `${text.slice(0, maxEcho)}…` : text).toWellFormed();

/** A query that cannot be read or is not served; `hint` says what would be right. */
export function refuseQuery(
  code: 'BadRequest' | 'Request_BadRequest' | 'Request_UnsupportedQuery' | 'Directory_ExpiredPageToken',
  message: string,
  place: Pick<Place, 'option'> & Partial<Place>,
  hint: string,
  cause?: unknown,
): GraphError {
  const where = place.position === undefined ? '' : `Character ${place.position}: `;
  return new GraphError(code, message, {
    cause,
    details: [{ code: 'InvalidQuery', target: place.option, message: where + hint }],
  });
}

const clauses: Record<string, string> = {
  $filter: 'Invalid filter clause: ',
  $search: 'Invalid search clause: ',
  $orderby: 'Invalid orderby clause: ',
  $select: 'Parsing OData Select and Expand failed: ',
  $expand: 'Parsing OData Select and Expand failed: ',
};

/** A text that does not follow the grammar. */
export const syntaxError = (place: Place, hint: string): GraphError =>
  refuseQuery(
    'BadRequest',
    `${clauses[place.option] ?? ''}Syntax error at position ${place.position} in '${echo(place.text)}'.`,
    place,
    hint,
  );

/** A text that follows the grammar and makes no sense. */
export const senseless = (place: Place, message: string, hint: string): GraphError =>
  refuseQuery('BadRequest', `${clauses[place.option] ?? ''}${message}`, place, hint);

export const unknownProperty = (place: Place, name: string, title: string): GraphError =>
  refuseQuery(
    'Request_UnsupportedQuery',
    `Property '${echo(name)}' does not exist as a declared property or extension property.`,
    place,
    `'${echo(name)}' is no property of the resource '${title}'. Names are case-sensitive.`,
  );

export const unsupportedClause = (place: Place, name: string, title: string, hint: string): GraphError =>
  refuseQuery(
    'Request_UnsupportedQuery',
    `Unsupported or invalid query filter clause specified for property '${name}' of resource '${title}'.`,
    place,
    hint,
  );

/** Something that Graph does only for `ConsistencyLevel: eventual` with `$count=true`. */
export const needsAdvanced = (place: Place, operator: string): GraphError =>
  refuseQuery(
    'Request_UnsupportedQuery',
    `Operator '${operator}' is not supported because the required parameters might be missing. Try adding $count=true query parameter and ConsistencyLevel:eventual header. Refer to https://aka.ms/graph-docs/advanced-queries for more information`,
    place,
    `'${operator}' needs the header 'ConsistencyLevel: eventual' and '$count=true'.`,
  );

export const tooLarge = (place: Place, hint: string): GraphError =>
  refuseQuery('Request_UnsupportedQuery', `The query option '${place.option}' exceeds a limit.`, place, hint);

/** Most alternatives of one `or` or `in`, as in Graph. */
export const maxAlternatives = 15;

export const tooManyClauses = (place: Place, count: number): GraphError =>
  refuseQuery(
    'Request_UnsupportedQuery',
    `Too many child clauses specified in search filter expression containing 'OR' operators: ${count}. Max allowed: ${maxAlternatives}.`,
    place,
    `At most ${maxAlternatives} alternatives may be joined by 'or' or listed after 'in'.`,
  );
