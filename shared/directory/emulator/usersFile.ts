import { readFileSync } from 'node:fs';
import { guidOf, isGuid } from '../../contract/guid.ts';
import { mistakesIn } from './userProperties.ts';
import type { KnownUser } from './users.ts';

/** A file of users that cannot be used; the message has a line for each mistake. */
export class UnusableUsers extends Error {
  override readonly name = 'UnusableUsers';
}

/**
 * Reads the users of the emulated directory: a JSON list of objects, each with a `userPrincipalName`, perhaps an `id` (a GUID; without it one
 * that derives from the name), and whatever else is to be shown of the user: what Graph's users have is of the same type here.
 * @throws UnusableUsers naming every mistake
 */
export function usersIn(path: string): readonly KnownUser[] {
  const fail = (reasons: readonly string[]): UnusableUsers =>
    new UnusableUsers(reasons.map((reason) => `EMULATOR_USERS: ${path} ${reason}.`).join('\n'));
  let list: unknown;
  try {
    list = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw fail([`cannot be read (${(error as Error).message.split('\n')[0] ?? ''})`]);
  }
  if (!Array.isArray(list)) throw fail(['does not hold a list of users in brackets']);
  if (list.length === 0) throw fail(['names no user; without EMULATOR_USERS there is everybody who is mentioned']);
  const mistakes: string[] = [];
  const taken = new Map<string, number>();
  const users = list.map((item: unknown, index): KnownUser => {
    const user = (typeof item === 'object' && item !== null ? item : {}) as Record<string, unknown>;
    const { userPrincipalName: name } = user;
    const place = `has a mistake in user ${index + 1}`;
    const isName = typeof name === 'string' && /^[^@\s]{1,64}@[^@\s]{1,255}$/.test(name);
    if (!isName) mistakes.push(`${place}: userPrincipalName is missing, or no name such as 'adele@contoso.com'`);
    const id = user.id ?? (isName ? guidOf(name.toLowerCase()) : undefined);
    const isId = typeof id === 'string' && isGuid(id);
    if (!isId && id !== undefined) mistakes.push(`${place}: id is no GUID`);
    const { id: _id, userPrincipalName: _name, ...others } = user;
    mistakes.push(...mistakesIn(others).map((mistake) => `${place}: ${mistake}`));
    for (const key of [isId ? id.toLowerCase() : [], isName ? name.toLowerCase() : []].flat()) {
      const other = taken.get(key);
      if (other !== undefined) mistakes.push(`${place}: '${key}' belongs to user ${other} already`);
      taken.set(key, index + 1);
    }
    return { ...user, id: isId ? id.toLowerCase() : '', userPrincipalName: isName ? name : '' };
  });
  if (mistakes.length > 0) throw fail(mistakes);
  return users;
}
