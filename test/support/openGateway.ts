import { openHost } from './openHost.ts';
import type { OpenTarget } from './target.ts';

/**
 * A gateway that hands on the caller's token, and behind it the app in emulator mode, which stands for Microsoft Graph.
 * @param env settings of the app behind; the gateway has its contract, too
 */
export const openGateway: OpenTarget = async (env) => {
  const upstream = await openHost(env);
  const gateway = await openHost({
    DIRECTORY_MODE: 'graph',
    AUTH_MODE: 'passthrough',
    GRAPH_CREDENTIAL: 'callerToken',
    GRAPH_BASE_URL: upstream.base,
    // What was created a moment ago is not waited for long.
    GRAPH_TIME_BUDGET_S: '1',
    ...(env.CONTRACT !== undefined && { CONTRACT: env.CONTRACT }),
  });
  return {
    base: gateway.base,
    async stop() {
      await gateway.stop();
      await upstream.stop();
    },
  };
};
