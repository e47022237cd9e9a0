import type { TokenCredential } from '@azure/core-auth';
import { metrics, trace } from '@opentelemetry/api';
import { logs } from '@opentelemetry/api-logs';
import { shutdownAzureMonitor, useAzureMonitor } from 'applicationinsights';
import { eventRecorder } from './events.ts';
import { metricRecorder } from './metrics.ts';
import type { Telemetry } from './port.ts';
import type { Redact } from './privacy.ts';
import { spanRecorder } from './spans.ts';

export interface ApplicationInsightsOptions {
  connectionString: string;
  /** With it, records are sent as somebody; without it the connection string alone is enough. */
  credential: TokenCredential | undefined;
  /** Share of the traces whose calls and events are sent. */
  samplingPercent: number;
  liveMetrics: boolean;
  /** Where records go instead of the address in the connection string: a collector on this machine. */
  endpoint: string | undefined;
  redact: Redact;
  /** Takes a line about what could not be sent. */
  warn: (line: string) => void;
}

const name = 'device-registrar';

/** Milliseconds for the last records; the Functions host waits 5 seconds for everything. */
const farewellMs = 2000;

/**
 * What the library reads from the environment and nowhere else. It sends nothing about itself, describes no process or user of
 * the machine, looks for no file of settings, and has room for a burst. Being told that this is a function app, it does not look for a virtual machine.
 */
const forLibrary = {
  APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
  APPLICATIONINSIGHTS_SDKSTATS_DISABLED: 'true',
  APPLICATIONINSIGHTS_OPENTELEMETRY_RESOURCE_METRIC_DISABLED: 'true',
  APPLICATIONINSIGHTS_CONFIGURATION_CONTENT: '{}',
  OTEL_NODE_RESOURCE_DETECTORS: 'none',
  OTEL_BSP_MAX_QUEUE_SIZE: '20000',
  OTEL_BLRP_MAX_QUEUE_SIZE: '20000',
  WEBSITE_SITE_NAME: name,
  FUNCTIONS_EXTENSION_VERSION: '~4',
};

/**
 * Telemetry for Application Insights. The only file that knows `applicationinsights`, which is heavy and sets up the whole process:
 * it is loaded after the first answer, and once.
 */
export function applicationInsights(options: ApplicationInsightsOptions): Telemetry {
  for (const [variable, value] of Object.entries(forLibrary)) {
    const isSet = Boolean(process.env[variable]);
    if (!isSet) process.env[variable] = value;
  }
  useAzureMonitor({
    azureMonitorExporterOptions: {
      connectionString: options.connectionString,
      // What a full disk of one instance keeps, nobody would ever send.
      disableOfflineStorage: true,
      ...(options.credential && { credential: options.credential }),
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
    // Calls are told by those who make them: patched modules depend on the order of loading.
    instrumentationOptions: Object.fromEntries(
      ['http', 'azureSdk', 'mongoDb', 'mySql', 'postgreSql', 'redis', 'redis4', 'bunyan', 'winston', 'console'].map(
        (library) => [library, { enabled: false }],
      ),
    ),
  });
  const { redact, samplingPercent } = options;
  const recordSpans = spanRecorder(trace.getTracer(name), redact);
  const recordEvents = eventRecorder(logs.getLogger(name), { redact, samplingPercent });
  const recordMetrics = metricRecorder(metrics.getMeter(name));

  return {
    answered(request) {
      recordMetrics(request);
      recordEvents(request, recordSpans(request));
    },
    async close() {
      const failure = await Promise.race([
        shutdownAzureMonitor().then(
          () => undefined,
          (error: unknown) => String(error),
        ),
        new Promise<string>((resolve) => {
          setTimeout(resolve, farewellMs, `there was no answer within ${farewellMs} ms`).unref();
        }),
      ]);
      if (failure !== undefined) options.warn(`The last telemetry may be lost: ${failure}`);
    },
  };
}
