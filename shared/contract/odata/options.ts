import { GraphError } from '../errors.ts';
import { echo, refuseQuery } from './queryErrors.ts';

/** What is read: a list, one entity, or the number of a list (`/$count`). */
export type Shape = 'list' | 'entity' | 'count';

const options: Readonly<Record<Shape, ReadonlySet<string>>> = {
  list: new Set(['$select', '$expand', '$filter', '$orderby', '$search', '$top', '$count', '$skiptoken', '$format']),
  entity: new Set(['$select', '$expand', '$format']),
  count: new Set(['$filter', '$search', '$format']),
};

/**
 * The query options of an address, decoded. What does not begin with `$` is no option, and ignored.
 * @param text what stands after `?`
 * @throws GraphError when one is not served, or stands there twice
 */
export function readOptions(text: string, shape: Shape): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const part of text.split('&')) {
    const equals = part.indexOf('=');
    const name = decode(equals < 0 ? part : part.slice(0, equals))
      .trim()
      .toLowerCase();
    if (!name.startsWith('$')) continue;
    const option = echo(name);
    if (!options[shape].has(name)) {
      const served = [...options[shape]].join(', ');
      throw refuseQuery(
        'Request_BadRequest',
        `'${option}' is not supported by the service.`,
        { option },
        `Here ${served} are served.`,
      );
    }
    if (found.has(name)) {
      const message = `Query option '${option}' was specified more than once, but it must be specified at most once.`;
      throw refuseQuery('BadRequest', message, { option }, 'Write it once.');
    }
    found.set(name, equals < 0 ? '' : decode(part.slice(equals + 1)));
  }
  return found;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch (cause) {
    throw new GraphError('BadRequest', 'The query of the address cannot be decoded.', {
      cause,
      details: [{ code: 'InvalidQuery', message: `'${echo(text)}' is not percent-encoded UTF-8.` }],
    });
  }
}

/** @throws GraphError unless it is a whole number from 1 to 999 */
export function pageSize(text = '100'): number {
  const option = '$top';
  if (!/^-?\d{1,9}$/.test(text.trim())) {
    const message = `Invalid value '${echo(text)}' for $top query option found. The $top query option requires a non-negative integer value.`;
    throw refuseQuery('BadRequest', message, { option }, 'A number from 1 to 999 is expected.');
  }
  const size = Number(text);
  if (size >= 1 && size <= 999) return size;
  const message = `Invalid page size specified: '${size}'. Must be between 1 and 999 inclusive.`;
  throw refuseQuery('Request_BadRequest', message, { option }, 'A number from 1 to 999 is expected.');
}

/** @throws GraphError unless it is `true` or `false` */
export function isTrue(option: string, text = 'false'): boolean {
  const word = text.trim().toLowerCase();
  if (word === 'true' || word === 'false') return word === 'true';
  const message = `Invalid value '${echo(text)}' for ${option} query option found. Valid values are 'true' or 'false'.`;
  throw refuseQuery('BadRequest', message, { option }, "'true' or 'false' is expected.");
}

/** @throws GraphError when another format than JSON is asked for */
export function checkFormat(text = 'json'): void {
  if (/^(?:json|application\/json(?:;.*)?)$/i.test(text.trim())) return;
  const message = `The $format query option '${echo(text)}' is not supported.`;
  throw refuseQuery('BadRequest', message, { option: '$format' }, "'json' is expected.");
}
