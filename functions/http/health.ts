import type { Register } from '../bindings/register.ts';

/** GET /health: an answer says that the process lives, its status whether it serves. */
export const register: Register = (app) =>
  app.http('health', {
    methods: ['GET'],
    route: 'health',
    authLevel: 'anonymous',
    handler: () => ({ jsonBody: { live: true, ready: true }, headers: { 'Cache-Control': 'no-store' } }),
  });
