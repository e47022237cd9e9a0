import { refuseSizes } from '../../contract/body.ts';
import { GraphError } from '../../contract/errors.ts';
import type { HeldRequest } from '../operation.ts';
import { readAddress } from './address.ts';
import type { BatchRequest } from './envelope.ts';

/** The request as the road takes it, or why it cannot be read: the others are answered all the same. */
export function toHeldRequest({ method, url, headers, body }: BatchRequest): HeldRequest | GraphError {
  try {
    const text = toText(body);
    return {
      method,
      ...readAddress(url),
      headers: { get: (name) => (name === 'content-length' ? String(text.length) : (headers.get(name) ?? null)) },
      text,
    };
  } catch (error) {
    if (error instanceof GraphError) return error;
    throw error;
  }
}

/** @throws GraphError Request_BadRequest when it is larger than any body may be */
function toText(body: unknown): string {
  if (body === undefined) return '';
  refuseSizes(body);
  return JSON.stringify(body);
}
