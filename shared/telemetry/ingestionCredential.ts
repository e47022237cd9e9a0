import type { TokenCredential } from '@azure/core-auth';
import { ManagedIdentityCredential } from '@azure/identity';

/**
 * The managed identity as which records are sent.
 * @param authentication in the form that the Functions host uses, too: `Authorization=AAD`, or `ClientId={guid};Authorization=AAD`
 */
export function ingestionCredential(authentication: string): TokenCredential {
  const clientId = /(?:^|;)\s*ClientId=([^;\s]+)/i.exec(authentication)?.[1];
  return new ManagedIdentityCredential(clientId === undefined ? {} : { clientId });
}
