import { clouds, type Cloud, type CloudName } from '../contract/clouds.ts';

/** Whoever may have issued a token of the tenant, as `iss` names them. */
export function issuersOf(cloud: CloudName, tenantId: string): string[] {
  const { loginHosts, v1IssuerHost }: Cloud = clouds[cloud];
  return [...loginHosts.map((host) => `https://${host}/${tenantId}/v2.0`), `https://${v1IssuerHost}/${tenantId}/`];
}

/** Where the tenant publishes the keys that its tokens are signed with. */
export const keysUrl = (cloud: CloudName, tenantId: string): URL =>
  new URL(`https://${clouds[cloud].loginHosts[0]}/${tenantId}/discovery/v2.0/keys`);

/** What `WWW-Authenticate` says: where to get a token, and for which registration. */
export function entraChallenge(cloud: CloudName, tenantIds: readonly string[], audiences: readonly string[]): string {
  const [tenantId = 'organizations', ...others] = tenantIds;
  const tenant = others.length === 0 ? tenantId : 'organizations';
  const address = `https://${clouds[cloud].loginHosts[0]}/${tenant}/oauth2/v2.0/authorize`;
  const [audience] = audiences;
  return `Bearer realm="", authorization_uri="${address}"${audience === undefined ? '' : `, client_id="${audience}"`}`;
}
