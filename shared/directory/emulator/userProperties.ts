import userSchema from '../../contract/generated/schemas/user.json' with { type: 'json' };

interface Schema {
  type?: string | string[];
  items?: Schema;
}

const known = new Map<string, Schema>(Object.entries(userSchema.properties));
const names: Record<string, string> = { string: 'text', array: 'a list', boolean: 'true or false' };

/** What is wrong with the properties that a file says of a user, a piece of a sentence each; further ones than a user has may be anything. */
export const mistakesIn = (user: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(user).flatMap(([name, value]) => {
    if (name.includes('@odata.')) return [`'${name}' is no property: such names belong to answers`];
    const schema = known.get(name);
    if (!schema || isOf(schema, value)) return [];
    const items = schema.items ? ' of text' : '';
    return [
      `${name} is not ${typesOf(schema)
        .map((type) => names[type] ?? type)
        .join(' or ')}${items}`,
    ];
  });

const typesOf = ({ type = [] }: Schema): readonly string[] => [type].flat();

function isOf(schema: Schema, value: unknown): boolean {
  const { items } = schema;
  const type = value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value;
  if (!typesOf(schema).includes(type)) return false;
  return !Array.isArray(value) || !items || value.every((item) => isOf(items, item));
}
