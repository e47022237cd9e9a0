import type { app } from '@azure/functions';
import type { Services } from '../../shared/compose.ts';

/** What a function is registered on: Azure's `app`, or the one of `host/`. */
export type FunctionApp = Pick<typeof app, 'http'>;

/** What every file in `functions/http/` exports. */
export type Register = (app: FunctionApp, services: Services) => void;
