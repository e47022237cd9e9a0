import userSchema from '../../contract/generated/schemas/user.json' with { type: 'json' };

interface Property {
  type?: unknown;
  'x-returned-on-select'?: boolean;
}

/** The properties that an answer shows without `$select`; a directory without a list of users knows their ids and names only. */
const unset = Object.fromEntries(
  Object.entries<Property>(userSchema.properties)
    .filter(([, property]) => !property['x-returned-on-select'])
    .map(([name, { type }]) => [name, type === 'array' ? [] : null]),
);

/** The JSON text of a user. */
export const userText = (values: { id: string; userPrincipalName: string | null }): string =>
  JSON.stringify({ ...unset, ...values });
