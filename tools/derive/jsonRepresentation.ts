import { isObject, parseJson } from './json.ts';
import type { Block } from './outline.ts';
import type { Report } from './pageErrors.ts';
import { resolveType } from './typeNames.ts';
import type { PropertyType, TypeNames } from './typeNames.ts';

/** A property as the JSON representation shows it: by the name of its type, or by a sample value. */
export interface ShownProperty {
  name: string;
  value: unknown;
  line: number;
}

/** @returns undefined when the block holds no JSON object; that was reported */
export function readRepresentation(block: Block, report: Report): ShownProperty[] | undefined {
  const parsed = parseJson(block.content);
  if ('fault' in parsed) {
    report.error(block.line + parsed.fault.line, `JSON representation is not JSON: ${parsed.fault.message}`);
    return undefined;
  }
  if (!isObject(parsed.value)) {
    report.error(block.line, 'JSON representation is no object');
    return undefined;
  }
  const lines = block.content.split('\n');
  return Object.entries(parsed.value).map(([name, value]) => {
    const line = lines.findIndex((text) => text.includes(`${JSON.stringify(name)}:`) || text.includes(`"${name}" :`));
    return { name, value, line: block.line + Math.max(line, 0) };
  });
}

/** What a value of the JSON representation says of the type of its property: nothing, or a type, or a name of none. */
export interface ShownType {
  type?: PropertyType;
  unknownName?: string;
}

/** Reads `"Int32"`, `["String"]` and `{ "@odata.type": "…" }`, and samples of values as older pages show them. */
export function shownType(value: unknown, names: TypeNames): ShownType {
  const collection = Array.isArray(value);
  const shown: unknown = collection ? value[0] : value;
  const named = isObject(shown) ? shown['@odata.type'] : shown;
  if (typeof named === 'string') {
    const name = resolveType(named, names)?.name;
    // A capitalised word is meant as a type; any other text is a sample.
    const isSample = !isObject(shown) && !/^(?:[A-Z]\w*(?: \(\w+\))?|#?microsoft\.graph\..*)$/.test(named);
    return name === undefined && !isSample ? { unknownName: named } : { type: { name: name ?? 'String', collection } };
  }
  if (typeof named === 'boolean') return { type: { name: 'Boolean', collection } };
  if (typeof named === 'number') return { type: { name: Number.isInteger(named) ? 'Int32' : 'Double', collection } };
  return {};
}

/** How JSON writes a type; samples are not told apart any further. */
function form({ name }: PropertyType, names: TypeNames): string {
  if (names.resources.has(name.toLowerCase())) return name;
  if (/^(?:Int\d+|Single|Double|Decimal)$/.test(name)) return 'number';
  return name === 'Boolean' ? 'boolean' : 'text';
}

/**
 * Compares what is shown with the type in the property table.
 * @returns what is wrong, as the rest of a sentence that begins with the property
 */
export function contradiction(shown: PropertyType, type: PropertyType, names: TypeNames): string | undefined {
  if (shown.collection !== type.collection) return `is a collection ${type.collection ? 'in the table' : 'here'} only`;
  if (form(shown, names) === form(type, names)) return undefined;
  return `is ${type.name} in the table and ${shown.name} here`;
}
