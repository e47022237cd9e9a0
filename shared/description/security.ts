import type { Described } from './describe.ts';

const loginHost = 'https://login.microsoftonline.com/organizations/oauth2/v2.0';

/** Every delegated permission that an operation asks for, least privileged first, with what it is for. */
export function scopesOf(described: readonly Pick<Described, 'permissions'>[]): Record<string, string> {
  const names = new Set(described.flatMap(({ permissions }) => permissions.delegated));
  return Object.fromEntries([...names].toSorted().map((name) => [name, `The delegated permission ${name}.`]));
}

/** The two ways to say who calls: any bearer token, or one that Microsoft Entra issued for this app's registration. */
export const securitySchemes = (described: readonly Described[]) => ({
  bearer: {
    type: 'http',
    scheme: 'bearer',
    description: 'A bearer token. On a developer’s machine any text is a user with every permission.',
  },
  entra: {
    type: 'oauth2',
    description: 'Microsoft Entra, for the app registration of this service.',
    flows: {
      authorizationCode: {
        authorizationUrl: `${loginHost}/authorize`,
        tokenUrl: `${loginHost}/token`,
        scopes: scopesOf(described),
      },
    },
  },
});

/** Either of them; with Entra the least privileged permission is enough. */
export const bearerOr = ({ permissions }: Pick<Described, 'permissions'>) => [
  { bearer: [] },
  { entra: permissions.delegated.slice(0, 1) },
];
