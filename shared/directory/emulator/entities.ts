import { Json } from '../../contract/json.ts';
import type { Device } from '../../contract/generated/types.ts';
import type { Entity } from '../port.ts';
import type { StoredObject } from './deviceStore.ts';
import { deviceText, type DeviceValues } from './deviceText.ts';

/** The text is made when it is wanted: who registers a thousand rows wants their ids. */
export const deviceEntity = (values: DeviceValues): Entity<Device> => ({
  id: values.id,
  type: 'microsoft.graph.device',
  json: new Json(() => deviceText(values)),
});

/** Of a device the values are kept, of other objects the whole text. */
export const toEntity = ({ id, type, json }: StoredObject): Entity =>
  type === 'microsoft.graph.device'
    ? deviceEntity({ ...(JSON.parse(json) as DeviceValues), id })
    : { id, type, json: new Json(json) };
