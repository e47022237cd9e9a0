/** What is known about a caller when a token for Microsoft Graph is needed. */
export interface TokenHolder {
  /** Whom the token stands for, where that is known. */
  kind?: 'user' | 'application';
  /** The caller's own bearer token, checked already (or, with `callerToken`, left for Graph to check). */
  token?: string;
  /** The tenant of that token (`tid`). */
  tenantId?: string;
}

/** Gives the proxy the bearer token with which it calls Microsoft Graph. */
export interface GraphTokens {
  /** Whether it is the caller's own token that goes on: then a refusal is the caller's to mend, and ours otherwise. */
  isCallers: boolean;
  /**
   * The token for a request of this caller; from memory, unless it is the first or the old one ends.
   * @param claims what Graph's claims challenge asks for, as JSON (`claimsOf`): the token at hand is dropped for a new one
   * @throws GraphError 401 InvalidAuthenticationToken when the caller has to come back with another token;
   *   403 Authorization_RequestDenied when nobody but the user or an administrator can help;
   *   503 serviceNotAvailable when it is not the caller's fault: `Retry-After` where waiting helps, `cause` says the rest
   */
  get(caller: TokenHolder, claims?: string): Promise<string>;
}
