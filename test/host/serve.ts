import { localApp, type LocalHandler } from '../../host/app.ts';
import { functionsHost, type FunctionsHost, type FunctionsHostOptions } from '../../host/server.ts';

export interface Served {
  readonly host: FunctionsHost;
  readonly url: URL;
  /** What the host logged. */
  readonly lines: readonly string[];
}

const open = new Set<FunctionsHost>();

/** Serves handlers by their names on a free port, for GET, POST and OPTIONS, without a prefix. */
export async function serve(
  handlers: Readonly<Record<string, LocalHandler>>,
  options: Partial<FunctionsHostOptions> = {},
): Promise<Served> {
  const app = localApp();
  for (const [name, handler] of Object.entries(handlers)) {
    app.http(name, { methods: ['GET', 'POST', 'OPTIONS'], handler: handler as never });
  }
  const lines: string[] = [];
  const hostJson = { routePrefix: '', customHeaders: {} };
  const host = functionsHost(app.functions, { hostJson, log: (line) => lines.push(line), ...options });
  open.add(host);
  return { host, url: await host.listen(0, '127.0.0.1'), lines };
}

/** For `afterEach`: stops every host that is still open, at once. */
export async function stopAll(): Promise<void> {
  await Promise.all([...open].map((host) => host.stop({ graceMs: 0 })));
  open.clear();
}
