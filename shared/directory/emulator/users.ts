import { notFound } from '../../contract/errors.ts';
import { guidOf, isGuid } from '../../contract/guid.ts';
import { Json } from '../../contract/json.ts';
import type { User } from '../../contract/generated/types.ts';
import type { Entity } from '../port.ts';
import type { DeviceStore, StoredObject } from './deviceStore.ts';
import { userText } from './userText.ts';

/** A user as `EMULATOR_USERS` names one; further properties are shown as they are. */
export type KnownUser = Readonly<Record<string, unknown>> & { id: string; userPrincipalName: string };

/** Who is in the directory: those whom a file names, or else everybody whom somebody has mentioned. */
export interface Users {
  /**
   * The object id of a user, in lower case.
   * @param user object id or user principal name
   * @throws GraphError Request_ResourceNotFound for a stranger, or where the id is that of something else
   */
  idOf(user: string): Promise<string>;
  /** The same, of a user who is about to be linked, and so is to be remembered by name. */
  rememberedIdOf(user: string): Promise<string>;
  /** As the store would keep one. */
  objectOf(id: string): Promise<StoredObject>;
  /** Whether somebody is known, and not only possible. */
  isKnown(id: string): Promise<boolean>;
  get(user: string): Promise<Entity<User>>;
}

/** @param listed undefined: there is no such file */
export function users(store: DeviceStore, listed: readonly KnownUser[] | undefined): Users {
  const byName = new Map(
    listed?.flatMap((user) => [user.id, user.userPrincipalName].map((name) => [name.toLowerCase(), user])),
  );

  const idOf = async (user: string): Promise<string> => {
    const name = user.toLowerCase();
    const id = listed ? byName.get(name)?.id.toLowerCase() : isGuid(name) ? name : guidOf(name);
    if (id === undefined || (await store.find(id))) throw notFound(user);
    return id;
  };
  const objectOf = async (id: string): Promise<StoredObject> => {
    const known = byName.get(id) ?? { id, userPrincipalName: (await store.userName(id)) ?? null };
    return { id, type: 'microsoft.graph.user', json: userText(known) };
  };
  return {
    idOf,
    async rememberedIdOf(user) {
      const id = await idOf(user);
      if (!listed && !isGuid(user)) await store.rememberUser(id, user);
      return id;
    },
    objectOf,
    isKnown: async (id) => (listed ? byName.has(id) : store.hasUser(id)),
    async get(user) {
      const id = await idOf(user);
      const { json } = await objectOf(id);
      const shown = listed || isGuid(user) ? json : userText({ id, userPrincipalName: user });
      return { id, type: 'microsoft.graph.user', json: new Json(shown) };
    },
  };
}
