import { cursor } from './cursor.ts';
import { filterForms } from './lexer.ts';
import type { Resource } from './model.ts';
import { refuseQuery, unknownProperty, type Place } from './queryErrors.ts';
import type { Order } from './syntax.ts';

/**
 * Reads an `$orderby`: one property, with `asc` or `desc`.
 * @param advanced whether the request asks for Graph's advanced queries; without them nothing is sorted
 * @throws GraphError
 */
export function parseOrderby(text: string, resource: Resource, advanced: boolean): Order {
  const read = cursor('$orderby', text, filterForms);
  const token = read.next();
  const place = read.place(token);
  if (token.kind !== 'word') throw read.unexpected(token, 'the name of a property');
  const property = resource.properties.get(token.text);
  if (!property && !resource.names.has(token.text)) throw unknownProperty(place, token.text, resource.title);
  if (!property?.orderby) {
    const sortable = [...resource.properties.values()].filter(({ orderby }) => orderby).map(({ path }) => path);
    throw notSorted(place, `These can be sorted by: ${sortable.join(', ')}.`);
  }
  const descending = read.accept('desc');
  if (!descending) read.accept('asc');
  if (read.accept(',')) throw notSorted(read.place(read.peek()), 'Only one property can be sorted by.');
  read.end();
  if (!advanced) throw notSorted(place, "Sorting needs the header 'ConsistencyLevel: eventual' and '$count=true'.");
  return { field: { path: property.path, type: property.type }, descending };
}

const notSorted = (place: Place, hint: string): Error =>
  refuseQuery('Request_UnsupportedQuery', 'Sorting not supported for current query.', place, hint);
