import type { HttpClient } from '@azure/core-rest-pipeline';
import { authority } from './authority.ts';
import type { Identity, Proof } from './azureIdentity.ts';
import { callerTokens } from './callerTokens.ts';
import { cloudOf, scopeOf } from './clouds.ts';
import type { GraphTokens } from './graphTokens.ts';
import { onBehalfOf } from './onBehalfOf.ts';
import { mustBeOf } from './ownTenant.ts';
import { tokenCache } from './tokenCache.ts';

/** The settings `GRAPH_…`, one for one; `config/graphRules.ts` has seen to it that a credential has what it needs. */
export interface CredentialSettings {
  credential: string | undefined;
  baseUrl: string;
  authorityHost?: string | undefined;
  tenantId?: string | undefined;
  clientId?: string | undefined;
  clientSecret?: string | undefined;
  clientCertificatePath?: string | undefined;
  managedIdentityClientId?: string | undefined;
}

/** What is handed in: tests state the time, and lead the libraries to an authority of their own. */
export interface CredentialParts {
  now(): Date;
  /** Takes a line about something that is wrong and has done no harm yet. */
  warn(line: string): void;
  /** Milliseconds in which a token must be there. */
  timeoutMs: number;
  /** Tokens held at most: with on-behalf-of, users at a time. */
  maxTokens?: number;
  httpClient?: HttpClient;
}

/** The tokens with which the app calls Microsoft Graph, by `GRAPH_CREDENTIAL`. Nothing is asked for before the first request. */
export function graphTokens(settings: CredentialSettings, parts: CredentialParts): GraphTokens {
  const cloud = cloudOf(settings.baseUrl);
  const scope = scopeOf(settings.baseUrl);
  const entra = authority({
    host: settings.authorityHost ?? `https://${cloud.authorityHost}`,
    isForeign: settings.authorityHost !== undefined,
    timeoutMs: parts.timeoutMs,
    httpClient: parts.httpClient,
    now: () => parts.now(),
  });
  const cache = tokenCache(parts);

  switch (settings.credential) {
    case 'callerToken':
      return callerTokens(entra.host);
    case 'managedIdentity':
      return forCallers(itself({ kind: 'managedIdentity', clientId: settings.managedIdentityClientId }));
    case 'azureCli':
      return forCallers(itself({ kind: 'azureCli', tenantId: settings.tenantId }));
    case 'clientSecret':
      return forCallers(
        itself({ kind: 'application', ...registration(), proof: { clientSecret: needed('clientSecret') } }),
      );
    case 'clientCertificate':
      return forCallers(itself({ kind: 'application', ...registration(), proof: certificate() }));
    case 'onBehalfOf':
      return onBehalfOf({ ...registration(), proof: proof(), scope, authority: entra, cache });
    default:
      throw new Error(`There is no credential '${String(settings.credential)}'.`);
  }

  /** The same token whoever calls. */
  function itself(identity: Identity, of = scope): GraphTokens {
    const key = `${settings.tenantId ?? identity.kind} ${of}`;
    return {
      isCallers: false,
      get: (_caller, claims) => cache.get(key, (asked) => entra.ask(identity, of, asked), claims),
    };
  }

  /** Graph would take whoever calls for this app: so nobody of another tenant may, whatever the settings let in. */
  function forCallers(tokens: GraphTokens): GraphTokens {
    const tenantId = needed('tenantId');
    return {
      ...tokens,
      async get(caller, claims) {
        mustBeOf(tenantId, caller);
        return tokens.get(caller, claims);
      },
    };
  }

  /** How on-behalf-of shows which app it is. An app registration that trusts a managed identity needs no secret. */
  function proof(): () => Promise<Proof> {
    const { managedIdentityClientId: clientId, clientSecret } = settings;
    if (clientId !== undefined) {
      const identity = itself({ kind: 'managedIdentity', clientId }, `${cloud.exchangeAudience}/.default`);
      return async () => ({ assertion: await identity.get({}) });
    }
    const fixed: Proof = clientSecret === undefined ? certificate() : { clientSecret };
    return () => Promise.resolve(fixed);
  }

  function certificate(): { certificatePath: string } {
    return { certificatePath: needed('clientCertificatePath') };
  }

  function registration(): { tenantId: string; clientId: string } {
    return { tenantId: needed('tenantId'), clientId: needed('clientId') };
  }

  function needed(name: keyof CredentialSettings): string {
    const value = settings[name];
    if (value === undefined) throw new Error(`GRAPH_CREDENTIAL=${String(settings.credential)} needs ${name}.`);
    return value;
  }
}
