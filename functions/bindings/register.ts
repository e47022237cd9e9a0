import type { app } from '@azure/functions';
import type { Services } from '../../shared/compose.ts';

/** What a function is registered on: Azure's `app`, or the one of `host/`. */
export type FunctionApp = Pick<typeof app, 'http' | 'timer' | 'storageQueue'>;

/** What every file in `functions/http/`, `timer/` and `queue/` exports. */
export type Register = (app: FunctionApp, services: Services) => void;
