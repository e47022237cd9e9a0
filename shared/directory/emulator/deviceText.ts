import alternativeSecurityId from '../../contract/generated/schemas/alternativeSecurityId.json' with { type: 'json' };
import deviceSchema from '../../contract/generated/schemas/device.json' with { type: 'json' };
import deviceCreate from '../../contract/generated/schemas/deviceCreate.json' with { type: 'json' };
import deviceUpdate from '../../contract/generated/schemas/deviceUpdate.json' with { type: 'json' };
import extensionAttributes from '../../contract/generated/schemas/onPremisesExtensionAttributes.json' with { type: 'json' };
import type { DeviceCreate, DeviceUpdate } from '../../contract/generated/types.ts';

/** What is kept of a device: what was sent, and what the directory added. Everything else has no value yet. */
export type DeviceValues = DeviceCreate &
  Omit<DeviceUpdate, keyof DeviceCreate> & { id: string; createdDateTime: string };

interface Property {
  description?: string;
  type?: unknown;
  readOnly?: boolean;
  'x-returned-on-select'?: boolean;
}

const nulls = (schema: { properties: object }): Record<string, null> =>
  Object.fromEntries(Object.keys(schema.properties).map((name) => [name, null]));
const noExtensionAttributes = nulls(extensionAttributes);
const emptySecurityId = nulls(alternativeSecurityId);

function unsetText(name: string, { type }: Property): string {
  const value =
    name === 'extensionAttributes' ? JSON.stringify(noExtensionAttributes) : type === 'array' ? '[]' : 'null';
  return `"${name}":${value},`;
}

/** A property that may have a value, its text without one, and the text of all those before it that never have one. */
interface Slot {
  before: string;
  name: string;
  unset: string;
}

const bodyProperties = [deviceCreate, deviceUpdate].flatMap(({ properties }) => Object.entries<Property>(properties));
const settable = new Set([
  'id',
  'createdDateTime',
  ...bodyProperties.filter(([, { readOnly }]) => !readOnly).map(([name]) => name),
]);

/** The properties that an answer shows without `$select`, in the order of the page. */
const slots: Slot[] = [];
let rest = '';
for (const [name, property] of Object.entries<Property>(deviceSchema.properties)) {
  if (property['x-returned-on-select']) continue;
  if (settable.has(name)) {
    slots.push({ before: rest, name, unset: unsetText(name, property) });
    rest = '';
  } else {
    rest += unsetText(name, property);
  }
}

/**
 * The JSON text of a device: its values, and the text prepared above for everything else.
 * (Writing all forty properties with `JSON.stringify` costs five microseconds more, a tenth of a request.)
 */
export function deviceText(device: DeviceValues): string {
  const values: Record<string, unknown> = {
    ...device,
    alternativeSecurityIds: device.alternativeSecurityIds.map((key) => ({ ...emptySecurityId, ...key })),
  };
  if (device.extensionAttributes) {
    values.extensionAttributes = { ...noExtensionAttributes, ...device.extensionAttributes };
  }
  let text = '{';
  for (const { before, name, unset } of slots) {
    const value = values[name];
    text += before + (value === undefined || value === null ? unset : `"${name}":${JSON.stringify(value)},`);
  }
  text += rest;
  for (const name in device) {
    if (!settable.has(name)) text += `${JSON.stringify(name)}:${JSON.stringify(values[name])},`;
  }
  return `${text.slice(0, -1)}}`;
}
