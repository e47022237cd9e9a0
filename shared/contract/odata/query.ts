import { parseFilter } from './filterParser.ts';
import { resources, type EntityType } from './model.ts';
import type { QueryText } from '../queryText.ts';
import { checkFormat, isTrue, pageSize, readOptions, type Shape } from './options.ts';
import { parseOrderby } from './orderbyParser.ts';
import { refuseQuery } from './queryErrors.ts';
import { parseSearch } from './searchParser.ts';
import { parseExpand, parseSelect } from './selection.ts';
import type { Expand, Expression, Order, SearchExpression } from './syntax.ts';

/** What a read asks for beyond its address. */
export interface Query {
  select?: readonly string[];
  expand?: Expand;
  filter?: Expression;
  /** At most one property. */
  orderby: readonly Order[];
  search?: SearchExpression;
  /** Objects on a page, 1 to 999. */
  top: number;
  /** Whether `@odata.count` was asked for and may be given. */
  count: boolean;
  /** As it came; `readSkiptoken` says what it means to a store of ours. */
  skiptoken?: string;
  eventual: boolean;
}

/**
 * Reads the query options of a list, of one entity, or of the number of a list.
 * @param type what is listed
 * @throws GraphError with Graph's code and text; `details[0]` names the option and the character at fault
 */
export function parseQuery({ text, eventual }: QueryText, type: EntityType, shape: Shape = 'list'): Query {
  if (shape === 'count' && !eventual) {
    const hint = "Counting needs the header 'ConsistencyLevel: eventual'.";
    throw refuseQuery('Request_BadRequest', '$count is not currently supported.', { option: '$count' }, hint);
  }
  const resource = resources[type];
  const options = readOptions(text, shape);
  /** Reads an option where it is there. */
  const read = <N extends string, T>(name: N, parse: (value: string) => T | undefined): Partial<Record<N, T>> => {
    const value = options.get(`$${name}`);
    const result = value === undefined ? undefined : parse(value);
    return (result === undefined ? {} : { [name]: result }) as Partial<Record<N, T>>;
  };
  checkFormat(options.get('$format'));
  const count = isTrue('$count', options.get('$count')) && eventual;
  const advanced = count || shape === 'count';
  const { orderby } = read('orderby', (value) => parseOrderby(value, resource, advanced));
  return {
    ...read('select', (value) => parseSelect(value, resource)),
    ...read('expand', (value) => {
      if (advanced) throw notExpanded();
      return parseExpand(value, resource);
    }),
    ...read('filter', (value) => parseFilter(value, resource, advanced)),
    ...read('search', (value) => {
      if (!eventual) throw notSearched();
      return parseSearch(value, resource);
    }),
    ...read('skiptoken', (value) => value),
    orderby: orderby ? [orderby] : [],
    top: pageSize(options.get('$top')),
    count,
    eventual,
  };
}

const notExpanded = (): Error =>
  refuseQuery(
    'Request_UnsupportedQuery',
    'The $expand query option is not supported in advanced queries.',
    { option: '$expand' },
    "Leave out 'ConsistencyLevel: eventual' and '$count=true', or '$expand'.",
  );

const notSearched = (): Error =>
  refuseQuery(
    'Request_UnsupportedQuery',
    "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
    { option: '$search' },
    "Send the header 'ConsistencyLevel: eventual'.",
  );

/** What a selection adds to the name of the set in `@odata.context`, such as `(id,displayName)`; empty without one. */
export function selectSuffix({ select = [], expand }: Pick<Query, 'select' | 'expand'>): string {
  const expanded = expand ? [`${expand.relationship}(${expand.select?.join(',') ?? ''})`] : [];
  const names = [...select, ...expanded];
  return names.length === 0 ? '' : `(${names.join(',')})`;
}
