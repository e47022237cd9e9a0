/** A cloud of Microsoft Entra: where its tokens come from. */
interface EntraCloud {
  /** The first one is asked for keys; every one may stand in the issuer of a version 2 token. */
  loginHosts: readonly [string, ...string[]];
  /** Stands in the issuer of a version 1 token. */
  v1IssuerHost: string;
}

/** Source: Entra's pages on national clouds; China has two names for its login host, and either may be met. */
export const entraClouds = {
  global: { loginHosts: ['login.microsoftonline.com'], v1IssuerHost: 'sts.windows.net' },
  usGov: { loginHosts: ['login.microsoftonline.us'], v1IssuerHost: 'sts.windows.net' },
  usDod: { loginHosts: ['login.microsoftonline.us'], v1IssuerHost: 'sts.windows.net' },
  china: {
    loginHosts: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
    v1IssuerHost: 'sts.chinacloudapi.cn',
  },
} as const satisfies Record<string, EntraCloud>;

export type EntraCloudName = keyof typeof entraClouds;

/** Whoever may have issued a token of the tenant, as `iss` names them. */
export function issuersOf(cloud: EntraCloudName, tenantId: string): string[] {
  const { loginHosts, v1IssuerHost }: EntraCloud = entraClouds[cloud];
  return [...loginHosts.map((host) => `https://${host}/${tenantId}/v2.0`), `https://${v1IssuerHost}/${tenantId}/`];
}

/** Where the tenant publishes the keys that its tokens are signed with. */
export const keysUrl = (cloud: EntraCloudName, tenantId: string): URL =>
  new URL(`https://${entraClouds[cloud].loginHosts[0]}/${tenantId}/discovery/v2.0/keys`);

/** What `WWW-Authenticate` says: where to get a token, and for which registration. */
export function entraChallenge(
  cloud: EntraCloudName,
  tenantIds: readonly string[],
  audiences: readonly string[],
): string {
  const [tenantId = 'organizations', ...others] = tenantIds;
  const tenant = others.length === 0 ? tenantId : 'organizations';
  const address = `https://${entraClouds[cloud].loginHosts[0]}/${tenant}/oauth2/v2.0/authorize`;
  const [audience] = audiences;
  return `Bearer realm="", authorization_uri="${address}"${audience === undefined ? '' : `, client_id="${audience}"`}`;
}
