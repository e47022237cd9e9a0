import schema from '../../contract/generated/schemas/deviceCreate.json' with { type: 'json' };
import { links } from './row.ts';

/** How the cell of a column is read: `words` are divided by blanks, and so are `keys`. */
export type CellKind = 'text' | 'boolean' | 'words' | 'keys';

/** A column that a manifest may have. */
export interface Column {
  property: string;
  /** The property that holds this one: `extensionAttributes`. */
  within?: string;
  kind: CellKind;
}

/** What is used here of the schema of a property. */
interface PropertySchema {
  not?: unknown;
  type?: string | readonly string[];
  items?: PropertySchema;
  properties?: Record<string, PropertySchema>;
}

const columnsOf = (properties: Record<string, PropertySchema>, within?: string): Column[] =>
  Object.entries(properties)
    .filter(([name, { not }]) => not === undefined && !name.startsWith('@'))
    .flatMap(([name, property]) =>
      property.properties
        ? columnsOf(property.properties, name)
        : [{ property: name, ...(within !== undefined && { within }), kind: kindOf(property) }],
    );

const kindOf = ({ type, items }: PropertySchema): CellKind =>
  type === 'boolean' ? 'boolean' : type !== 'array' ? 'text' : items?.type === 'object' ? 'keys' : 'words';

/** `Device Id`, `device_id` and `DEVICE-ID` are `deviceid`. */
export const plain = (heading: string): string => heading.toLowerCase().replaceAll(/[\s_-]/g, '');

/** Every column: the properties that can be sent for a device, and its user and owner. */
export const columns: ReadonlyMap<string, Column> = new Map(
  [...columnsOf(schema.properties), ...links.map((property): Column => ({ property, kind: 'text' }))].map((column) => [
    plain(column.property),
    column,
  ]),
);

/** Columns without which no row can be right. */
export const requiredColumns: readonly string[] = schema.required;
