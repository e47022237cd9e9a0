import type { TokenCredential } from '@azure/core-auth';
import { ManagedIdentityCredential } from '@azure/identity';

/** @param clientId of a user-assigned identity; without it the app's own */
export const managedIdentity = (clientId: string | undefined): TokenCredential =>
  new ManagedIdentityCredential(clientId === undefined ? {} : { clientId });
