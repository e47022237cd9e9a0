import { jsonBody } from './body.ts';
import schema from './generated/schemas/deviceCreate.json' with { type: 'json' };
import type { DeviceCreate } from './generated/types.ts';
import * as validators from './generated/validators.js';

/** A device as it is sent, by itself or as a row of a manifest. */
export const deviceBody = jsonBody<DeviceCreate>(schema, validators.deviceCreate);
