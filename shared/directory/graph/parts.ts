/**
 * What `compose.ts` takes from this room, loaded as one file: at a cold start each file costs about a millisecond of CPU.
 */
export { breaker } from './breaker.ts';
export { graphTokens } from './credentials.ts';
export { graphDirectory } from './graphDirectory.ts';
