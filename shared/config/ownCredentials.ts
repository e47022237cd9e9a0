import type { Config } from './readConfig.ts';

const own: ReadonlySet<Config['GRAPH_CREDENTIAL']> = new Set([
  'managedIdentity',
  'clientSecret',
  'clientCertificate',
  'azureCli',
] as const);

/** Whether Microsoft Graph sees this app alone, and not the user who calls: then what Graph would ask of them is asked here. */
export const actsAsItself = ({ DIRECTORY_MODE, GRAPH_CREDENTIAL }: Config): boolean =>
  DIRECTORY_MODE === 'graph' && own.has(GRAPH_CREDENTIAL);
