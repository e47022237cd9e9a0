/** One of a device's `alternativeSecurityIds`, by whomever it was written. */
interface SecurityId {
  type?: unknown;
  key?: unknown;
}

/**
 * Whether a device that was found has the security ids with which one was sent, in any order. Keys are compared as bytes, because base64
 * has several spellings of them; a type that was not sent may have become any.
 */
export function areSameIds(sent: unknown, found: unknown): boolean {
  // Those with a type choose first: the others take what is left.
  const wanted = listOf(sent).sort((one, other) => Number(hasType(other)) - Number(hasType(one)));
  const left = listOf(found);
  if (wanted.length !== left.length) return false;
  return wanted.every((id) => {
    const index = left.findIndex((other) => (!hasType(id) || id.type === other.type) && bytesOf(id) === bytesOf(other));
    if (index >= 0) left.splice(index, 1);
    return index >= 0;
  });
}

const listOf = (ids: unknown): SecurityId[] => (Array.isArray(ids) ? [...(ids as SecurityId[])] : []);

const hasType = ({ type }: SecurityId): boolean => type !== undefined && type !== null;

const bytesOf = ({ key }: SecurityId): string => Buffer.from(String(key), 'base64').toString('hex');
