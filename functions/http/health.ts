import { toAzure } from '../bindings/http.ts';
import type { Register } from '../bindings/register.ts';

const headers = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };
const text = JSON.stringify({ live: true, ready: true });

/** GET /health: an answer says that the process lives, its status whether it serves. */
export const register: Register = (app) =>
  app.http('health', {
    methods: ['GET'],
    route: 'health',
    authLevel: 'anonymous',
    handler: () => toAzure({ status: 200, headers, text }),
  });
