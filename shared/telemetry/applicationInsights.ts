import type { TokenCredential } from '@azure/core-auth';
import { metrics, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { flushAzureMonitor, shutdownAzureMonitor, useAzureMonitor } from 'applicationinsights';
import { eventRecorder } from './events.ts';
import { metricRecorder } from './metrics.ts';
import type { Telemetry } from './port.ts';
import { portions } from './portions.ts';
import { redactor, type PersonalData } from './privacy.ts';
import { spanRecorder } from './spans.ts';

/** Which records go where; plain data, which another thread can be given. */
export interface ApplicationInsightsOptions {
  connectionString: string;
  /** As which identity records are sent; without it the connection string alone is enough. */
  authentication: string | undefined;
  /** Share of the traces whose calls and events are sent. */
  samplingPercent: number;
  liveMetrics: boolean;
  /** Where records go instead of the address in the connection string: a collector on this machine. */
  endpoint: string | undefined;
  personalData: PersonalData;
}

/** Names this app where the platform does not. */
const name = 'device-registrar';

/**
 * What the library reads from the environment and nowhere else. It sends nothing about itself, describes no process or user of
 * the machine, and looks for no file of settings. Being told that this is a function app, it does not look for a virtual machine.
 */
const forLibrary = {
  APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
  APPLICATIONINSIGHTS_SDKSTATS_DISABLED: 'true',
  APPLICATIONINSIGHTS_OPENTELEMETRY_RESOURCE_METRIC_DISABLED: 'true',
  APPLICATIONINSIGHTS_CONFIGURATION_CONTENT: '{}',
  OTEL_NODE_RESOURCE_DETECTORS: 'none',
  WEBSITE_SITE_NAME: name,
  FUNCTIONS_EXTENSION_VERSION: '~4',
};

/**
 * Telemetry for Application Insights. The only file that knows `applicationinsights`, which is heavy and takes hold of a whole
 * process: it runs in a thread of its own (`telemetryThread.ts`), once.
 * @param warn takes a line about records that are lost
 */
export async function applicationInsights(
  options: ApplicationInsightsOptions,
  warn: (line: string) => void,
): Promise<Telemetry> {
  for (const [variable, value] of Object.entries(forLibrary)) {
    const isSet = Boolean(process.env[variable]);
    if (!isSet) process.env[variable] = value;
  }
  useAzureMonitor({
    azureMonitorExporterOptions: {
      connectionString: options.connectionString,
      // What a full disk of one instance keeps, nobody would ever send.
      disableOfflineStorage: true,
      ...(options.authentication !== undefined && { credential: await credentialOf(options.authentication) }),
      ...(options.endpoint !== undefined && {
        endpoint: options.endpoint,
        allowInsecureConnection: options.endpoint.startsWith('http:'),
      }),
    },
    // Otherwise five traces a second are sent, whatever the ratio says.
    tracesPerSecond: 0,
    samplingRatio: options.samplingPercent / 100,
    enableTraceBasedSamplingForLogs: false,
    enableLiveMetrics: options.liveMetrics,
    // The platform has its own.
    enableStandardMetrics: false,
    enablePerformanceCounters: false,
    enableAutoCollectExceptions: false,
    enableAutoCollectPerformance: false,
    // Calls are told by those who make them.
    instrumentationOptions: Object.fromEntries(
      ['http', 'azureSdk', 'mongoDb', 'mySql', 'postgreSql', 'redis', 'redis4', 'bunyan', 'winston', 'console'].map(
        (library) => [library, { enabled: false }],
      ),
    ),
  });
  const redact = redactor(options.personalData);
  const recordSpans = spanRecorder(trace.getTracer(name), redact);
  const recordEvents = eventRecorder(logs.getLogger(name), { redact, samplingPercent: options.samplingPercent });
  const recordMetrics = metricRecorder(metrics.getMeter(name));

  const { answered, settled } = portions({
    record: (request) => recordEvents(request, recordSpans(request)),
    flush: flushAzureMonitor,
    warn,
  });

  return {
    answered(request) {
      // Sums wait for nothing and are complete, whatever becomes of the rest.
      recordMetrics(request);
      answered(request);
    },
    async close() {
      await settled();
      await shutdownAzureMonitor();
    },
  };
}

async function credentialOf(authentication: string): Promise<TokenCredential> {
  const { ingestionCredential } = await import('./ingestionCredential.ts');
  return ingestionCredential(authentication);
}
