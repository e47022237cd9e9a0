/** A cloud of Microsoft: where its Graph is, and where its tokens come from. Tokens of one are worth nothing in another. */
export interface Cloud {
  graphHost: string;
  /** Where this app asks for tokens. */
  authorityHost: string;
  /** Issuers of version 2 tokens; the first one is asked for keys. */
  loginHosts: readonly [string, ...string[]];
  /** Issuer of version 1 tokens. */
  v1IssuerHost: string;
  /** Audience of the token with which a managed identity vouches for an app registration. */
  exchangeAudience: string;
}

const usLogin = {
  authorityHost: 'login.microsoftonline.us',
  loginHosts: ['login.microsoftonline.us'],
  v1IssuerHost: 'sts.windows.net',
  exchangeAudience: 'api://AzureADTokenExchangeUSGov',
} as const;

/**
 * The clouds, by the names that settings use.
 * Source: Microsoft Graph and Microsoft Entra, "National cloud deployments"; China has two names for its login host, and either may be met.
 */
export const clouds = {
  global: {
    graphHost: 'graph.microsoft.com',
    authorityHost: 'login.microsoftonline.com',
    loginHosts: ['login.microsoftonline.com'],
    v1IssuerHost: 'sts.windows.net',
    exchangeAudience: 'api://AzureADTokenExchange',
  },
  usGov: { graphHost: 'graph.microsoft.us', ...usLogin },
  usDod: { graphHost: 'dod-graph.microsoft.us', ...usLogin },
  china: {
    graphHost: 'microsoftgraph.chinacloudapi.cn',
    authorityHost: 'login.chinacloudapi.cn',
    loginHosts: ['login.partner.microsoftonline.cn', 'login.chinacloudapi.cn'],
    v1IssuerHost: 'sts.chinacloudapi.cn',
    exchangeAudience: 'api://AzureADTokenExchangeChina',
  },
} as const satisfies Record<string, Cloud>;

export type CloudName = keyof typeof clouds;

export const cloudNames = Object.keys(clouds) as readonly CloudName[];

/** The cloud whose Graph this host is; undefined for any other host. */
export const cloudNameOf = (host: string): CloudName | undefined =>
  cloudNames.find((name) => clouds[name].graphHost === host);
