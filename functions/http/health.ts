import { toAzure } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

/** GET /health: that there is an answer says that the process lives, the status says whether it can serve. */
export const register: Register = (app, services) =>
  app.http('health', {
    methods: ['GET'],
    route: 'health',
    authLevel: 'anonymous',
    handler: async () => {
      const ready = await services.isReady();
      return toAzure({
        status: ready ? 200 : 503,
        headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' },
        text: JSON.stringify({ live: true, ready }),
      });
    },
  });
