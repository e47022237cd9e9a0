/** Who calls, as far as the directory cares. Made from a bearer token; the token itself goes no further. */
export interface Caller {
  kind: 'user' | 'application';
  /** Object id of the user or the service principal (`oid`). */
  id: string;
  /** The tenant of the token (`tid`), where it names one. */
  tenantId?: string;
  /** Delegated permissions (`scp`) of a user, application permissions (`roles`) of an application. */
  permissions: Granted;
  /** Directory roles (`wids`), as template ids. */
  directoryRoles: Granted;
}

/** A set of names, or everything there is: what an opaque token of the emulator gets. */
export type Granted = ReadonlySet<string> | 'all';

/** Whether any of the wanted names is granted. */
export const grantsAny = (granted: Granted, wanted: readonly string[]): boolean =>
  granted === 'all' ? wanted.length > 0 : wanted.some((name) => granted.has(name));

/**
 * Turns the `Authorization` header into a caller.
 * @throws GraphError InvalidAuthenticationToken
 */
export type Identify = (authorization: string | null) => Caller | Promise<Caller>;
