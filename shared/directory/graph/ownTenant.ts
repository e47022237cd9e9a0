import { GraphError } from '../../contract/errors.ts';
import type { TokenHolder } from './graphTokens.ts';

/**
 * Holds a caller to the tenant in which Graph is called. A token of which no tenant is known counts as foreign.
 * @throws GraphError Authorization_RequestDenied with detail TenantMismatch
 */
export function mustBeOf(tenantId: string, caller: TokenHolder): void {
  if (caller.tenantId?.toLowerCase() === tenantId.toLowerCase()) return;
  const message = 'The access token is from another tenant than the one in which this service calls Microsoft Graph.';
  throw new GraphError('Authorization_RequestDenied', message, { details: [{ code: 'TenantMismatch', message }] });
}
