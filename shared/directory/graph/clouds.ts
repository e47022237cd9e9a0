/** What belongs to a place where Microsoft Graph is served. */
export interface Cloud {
  /** Where tokens come from. */
  authorityHost: string;
  /** Of the token with which a managed identity vouches for an app registration. */
  exchangeScope: string;
}

const global: Cloud = {
  authorityHost: 'https://login.microsoftonline.com',
  exchangeScope: 'api://AzureADTokenExchange/.default',
};
const usGov: Cloud = {
  authorityHost: 'https://login.microsoftonline.us',
  exchangeScope: 'api://AzureADTokenExchangeUSGov/.default',
};
const china: Cloud = {
  authorityHost: 'https://login.chinacloudapi.cn',
  exchangeScope: 'api://AzureADTokenExchangeChina/.default',
};

/**
 * The clouds by the host of their Graph; tokens of one are worth nothing in another.
 * Source: Microsoft Graph, "National cloud deployments".
 */
const clouds: ReadonlyMap<string, Cloud> = new Map([
  ['graph.microsoft.com', global],
  ['graph.microsoft.us', usGov],
  ['dod-graph.microsoft.us', usGov],
  ['microsoftgraph.chinacloudapi.cn', china],
]);

/** The cloud of a Graph; any other address belongs to the global one. */
export const cloudOf = (graphBaseUrl: string): Cloud => clouds.get(new URL(graphBaseUrl).hostname) ?? global;

/** Asks for every permission that was granted on this Graph, and for a token that is of use nowhere else. */
export const scopeOf = (graphBaseUrl: string): string => `${new URL(graphBaseUrl).origin}/.default`;
