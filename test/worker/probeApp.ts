import { app, type HttpFunctionOptions } from '@azure/functions';
import apps from '../host/apps.json' with { type: 'json' };
import { probeHandler, type Probe } from '../host/probe.ts';

/** One of the apps with which the real host was recorded, on the real library; `PROBE_APP` says which. */
const probes = (apps as unknown as { name: string; functions: Probe[] }[]).find(
  ({ name }) => name === process.env.PROBE_APP,
);

for (const probe of probes?.functions ?? []) {
  const { name, route, methods, authLevel } = probe;
  app.http(name, { route, methods, authLevel, handler: probeHandler(probe) } as unknown as HttpFunctionOptions);
}
