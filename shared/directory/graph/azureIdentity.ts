import type { TokenCredential } from '@azure/core-auth';
import { createDefaultHttpClient, type HttpClient } from '@azure/core-rest-pipeline';
import {
  AzureCliCredential,
  ClientCertificateCredential,
  ClientSecretCredential,
  ManagedIdentityCredential,
  OnBehalfOfCredential,
} from '@azure/identity';
import { conversation, conversationClient, type Heard } from './conversation.ts';
import type { AccessToken } from './tokenCache.ts';
import { toTokenError } from './tokenErrors.ts';

/** How an app registration shows that it is itself; `assertion` is a managed identity's token, and no secret. */
export type Proof = { clientSecret: string } | { certificatePath: string } | { assertion: string };

/** Whose token is asked for. */
export type Identity =
  | { kind: 'managedIdentity'; clientId: string | undefined }
  | { kind: 'azureCli'; tenantId: string | undefined }
  | { kind: 'application'; tenantId: string; clientId: string; proof: Exclude<Proof, { assertion: string }> }
  | { kind: 'user'; tenantId: string; clientId: string; proof: Proof; userToken: string };

export interface TokenRequest {
  scope: string;
  /** Answers a claims challenge; JSON. */
  claims: string | undefined;
  authorityHost: string;
  /** Whether the authority is none that the libraries know by name. */
  isForeign: boolean;
  /** Milliseconds for the whole conversation, retries included. */
  timeoutMs: number;
  /** By default the usual one. */
  httpClient: HttpClient | undefined;
}

/** One for all, since it keeps connections. */
const usualClient = createDefaultHttpClient();

/** Of one conversation; its end is bounded by `timeoutMs` as well. */
const retryOptions = { maxRetries: 2, retryDelayInMs: 300, maxRetryDelayInMs: 2000 };

/**
 * Asks for a token. Each time with a new credential, whose own cache is then empty: `tokenCache` alone decides when to ask.
 * (Managed identities have a cache of the process, which claims do not pass: they take no part in Continuous Access Evaluation.)
 * The only file that knows `@azure/identity`; being heavy, it is loaded when the first token is needed.
 * @throws GraphError 401, 403, 503
 */
export async function requestToken(identity: Identity, request: TokenRequest): Promise<AccessToken> {
  const deadline = AbortSignal.timeout(request.timeoutMs);
  const { hold, heard } = conversation(request.httpClient ?? usualClient, deadline);
  const options = { enableCae: true, ...(request.claims !== undefined && { claims: request.claims }) };
  try {
    const credential = credentialOf(identity, request);
    const found = await Promise.race([
      hold(() => credential.getToken(request.scope, options)),
      rejectedAt(deadline, request.timeoutMs),
    ]);
    if (!found) throw new Error('There is no token in the answer.');
    const { token, expiresOnTimestamp: expiresAt, refreshAfterTimestamp: refreshAt } = found;
    return { token, expiresAt, ...(refreshAt !== undefined && { refreshAt }) };
  } catch (thrown) {
    throw toTokenError({
      for: identity.kind === 'user' ? 'user' : 'application',
      authorityHost: request.authorityHost,
      heard: deadline.aborted ? (heard() ?? silence(identity, request)) : heard(),
      thrown,
      secrets: secretsOf(identity),
    });
  }
}

function credentialOf(identity: Identity, { authorityHost, isForeign, timeoutMs }: TokenRequest): TokenCredential {
  const httpClient = conversationClient;
  const options = { authorityHost, httpClient, retryOptions, disableInstanceDiscovery: isForeign };
  switch (identity.kind) {
    case 'managedIdentity':
      return new ManagedIdentityCredential({
        httpClient,
        retryOptions,
        ...(identity.clientId !== undefined && { clientId: identity.clientId }),
      });
    case 'azureCli':
      return new AzureCliCredential({
        processTimeoutInMs: timeoutMs,
        ...(identity.tenantId !== undefined && { tenantId: identity.tenantId }),
      });
    case 'application': {
      const { tenantId, clientId, proof } = identity;
      return 'clientSecret' in proof
        ? new ClientSecretCredential(tenantId, clientId, proof.clientSecret, options)
        : new ClientCertificateCredential(tenantId, clientId, proof.certificatePath, options);
    }
    case 'user': {
      const { tenantId, clientId, proof, userToken: userAssertionToken } = identity;
      const common = { ...options, tenantId, clientId, userAssertionToken };
      if ('clientSecret' in proof) return new OnBehalfOfCredential({ ...common, clientSecret: proof.clientSecret });
      if ('certificatePath' in proof) {
        return new OnBehalfOfCredential({ ...common, certificatePath: proof.certificatePath });
      }
      return new OnBehalfOfCredential({ ...common, getAssertion: () => Promise.resolve(proof.assertion) });
    }
  }
}

/** Nobody has said anything within the time there was. */
const silence = (identity: Identity, { authorityHost, timeoutMs }: TokenRequest): Heard => ({
  host: identity.kind === 'application' || identity.kind === 'user' ? new URL(authorityHost).host : identity.kind,
  unreachable: `no answer within ${timeoutMs} ms`,
});

const rejectedAt = (deadline: AbortSignal, timeoutMs: number): Promise<never> =>
  new Promise((_resolve, reject) => {
    deadline.addEventListener('abort', () => reject(new Error(`There was no token within ${timeoutMs} ms.`)));
  });

function secretsOf(identity: Identity): string[] {
  if (identity.kind === 'managedIdentity' || identity.kind === 'azureCli') return [];
  const { proof } = identity;
  return [
    ...('clientSecret' in proof ? [proof.clientSecret] : []),
    ...('assertion' in proof ? [proof.assertion] : []),
    ...(identity.kind === 'user' ? [identity.userToken] : []),
  ];
}
