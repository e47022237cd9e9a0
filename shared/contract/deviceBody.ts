import { jsonBody } from './body.ts';
import type { DeviceCreate } from './generated/types.ts';

/** A device as it is sent, by itself or as a row of a manifest. */
export const deviceBody = jsonBody<DeviceCreate>('deviceCreate');
