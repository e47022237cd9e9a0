/** Who calls, as far as the directory cares. */
export interface Caller {
  kind: 'user' | 'application';
  /**
   * Object id of the user or the service principal (`oid`), in lower case; `me` where the token does not tell, and only
   * the directory behind can (`AUTH_MODE=passthrough`).
   */
  id: string;
  /** The tenant of the token (`tid`), where it names one. */
  tenantId?: string;
  /** The client that asked for the token (`azp`, `appid`), where it names one. */
  applicationId?: string;
  /** Delegated permissions (`scp`) of a user, application permissions (`roles`) of an application. */
  permissions: Granted;
  /** Directory roles (`wids`), as template ids. */
  directoryRoles: Granted;
  /** App roles of this service's own registration (`roles`) that a user has; those of an application are its permissions. */
  appRoles?: Granted;
  /** Taken at their word: nobody checked who this is. Only before a directory that is not real. */
  isEmulated?: true;
  /** The bearer token itself, for whoever acts on behalf of the caller. A function: no JSON and no log can show it. */
  token?(): string;
}

/** A set of names, or everything there is: what an opaque token of the emulator gets. */
export type Granted = ReadonlySet<string> | 'all';

/** Whether any of the wanted names is granted. */
export const grantsAny = (granted: Granted, wanted: readonly string[]): boolean =>
  granted === 'all' ? wanted.length > 0 : wanted.some((name) => granted.has(name));

/** The headers of a request, by names that ignore case. */
export interface Headers {
  get(name: string): string | null;
}

/**
 * Turns the headers of a request into a caller.
 * @throws GraphError InvalidAuthenticationToken; serviceNotAvailable when nobody can tell right now
 */
export type Identify = (headers: Headers) => Caller | Promise<Caller>;
