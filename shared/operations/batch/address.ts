import { GraphError } from '../../contract/errors.ts';

/** An address in a batch, read as the host reads the one of a request. */
export interface Address {
  /** Decoded once, with its leading slash. */
  path: string;
  /** The path as it was sent, without what no address may hold. */
  address: string;
  /** Still percent-encoded; empty when there is none. */
  query: string;
}

/** Characters of an address; a batch is the way to send what is too long for a request line. */
const maxLength = 16_384;

/**
 * Reads the address of a request in a batch.
 * @param url below the version, with or without its leading slash
 * @throws GraphError BadRequest when it is absolute, too long, or holds control characters
 */
export function readAddress(url: string): Address {
  if (url.length > maxLength) throw refuse(`It has more than ${maxLength} characters.`);
  if (/^[a-z][a-z\d+.-]*:/i.test(url)) throw refuse("It is below the version, such as '/devices', not absolute.");
  const [start = '', ...rest] = url.toWellFormed().split('?');
  const address = `/${start.replace(/^\//, '')}`;
  const path = address.split('/').map(decodeSegment).join('/');
  // eslint-disable-next-line no-control-regex -- they are what is looked for
  if (/[\0-\x1f\x7f]/.test(path + rest.join('?'))) throw refuse('It holds control characters.');
  return { path, address: encoded(address), query: encoded(rest.join('?')).replaceAll("'", '%27') };
}

/** An escaped slash stays what it is, and so does what is no right escape. */
const decodeSegment = (segment: string): string =>
  segment
    .split(/(%2f)/i)
    .map((part, index) => (index % 2 === 1 ? part : decodeIfRight(part)))
    .join('');

function decodeIfRight(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return text;
    throw error;
  }
}

/** Escapes what stands in no address; escapes that are there stay. */
const encoded = (text: string): string => text.replace(/%(?![\da-f]{2})|[^!-~]+|["#<>\\^`{|}]/gi, encodeURIComponent);

const refuse = (hint: string): GraphError =>
  new GraphError('BadRequest', 'Invalid request URL in the batch.', {
    details: [{ code: 'InvalidBatch', target: 'url', message: hint }],
  });
