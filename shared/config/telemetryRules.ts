import type { Config } from './readConfig.ts';
import { loopback, type Rule } from './rule.ts';

const guid = '[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}';
const instrumentationKey = new RegExp(`(?:^|;)\\s*InstrumentationKey=${guid}\\s*(?:;|$)`, 'i');
const insecureIngestion = /(?:^|;)\s*IngestionEndpoint\s*=(?!\s*https:)/i;
const authentication = new RegExp(`^\\s*(?:ClientId=${guid}\\s*;\\s*)?Authorization=AAD\\s*;?\\s*$`, 'i');

/** Rules about where records go. */
export function telemetryRules(config: Config): Rule[] {
  const {
    APPLICATIONINSIGHTS_CONNECTION_STRING: connectionString,
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: authenticationString,
    TELEMETRY_ENDPOINT: endpoint,
    TELEMETRY_LIVE_METRICS: liveMetrics,
  } = config;
  return [
    [
      connectionString !== undefined &&
        (!instrumentationKey.test(connectionString) || insecureIngestion.test(connectionString)),
      'APPLICATIONINSIGHTS_CONNECTION_STRING is wrong; InstrumentationKey={GUID};IngestionEndpoint=https://… is expected.',
    ],
    [
      authenticationString !== undefined && !authentication.test(authenticationString),
      'APPLICATIONINSIGHTS_AUTHENTICATION_STRING is wrong; Authorization=AAD or ClientId={GUID};Authorization=AAD is expected.',
    ],
    [
      endpoint !== undefined && !loopback.has(new URL(endpoint).hostname),
      `TELEMETRY_ENDPOINT is '${String(endpoint)}'; it may only be on this machine (127.0.0.1, [::1], localhost). The address in Azure stands in the connection string.`,
    ],
    [
      endpoint !== undefined && liveMetrics,
      'TELEMETRY_LIVE_METRICS=true sends to Azure what TELEMETRY_ENDPOINT keeps on this machine; set one of them.',
    ],
  ];
}
