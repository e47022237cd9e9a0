import { operations } from '../shared/api.ts';
import { guidOf } from '../shared/contract/guid.ts';

/**
 * The app registration as Microsoft Entra wants it, but for what depends on the tenant: scopes and app roles under Graph's names.
 * A name that is both has one id, one description and one state: the two share a namespace there.
 */
export function registration(): string {
  const names = (kind: 'delegated' | 'application'): string[] =>
    [...new Set(operations.flatMap(({ permissions }) => permissions[kind]))].toSorted();
  const application = {
    displayName: 'Device Registrar',
    signInAudience: 'AzureADMyOrg',
    // Directory roles of users come as `wids` in their tokens.
    groupMembershipClaims: 'DirectoryRole',
    optionalClaims: { accessToken: [{ name: 'idtyp', essential: false }] },
    api: {
      requestedAccessTokenVersion: 2,
      oauth2PermissionScopes: names('delegated').map((name) => ({
        id: idOf(name),
        value: name,
        type: isForEverybody(name) ? 'User' : 'Admin',
        adminConsentDisplayName: name,
        adminConsentDescription: describe(name),
        userConsentDisplayName: name,
        userConsentDescription: describe(name),
        isEnabled: true,
      })),
    },
    appRoles: names('application').map((name) => ({
      id: idOf(name),
      value: name,
      allowedMemberTypes: ['Application'],
      displayName: name,
      description: describe(name),
      isEnabled: true,
    })),
  };
  return `${JSON.stringify(application, null, 2)}\n`;
}

const describe = (name: string): string => `What ${name} allows in Microsoft Graph, through Device Registrar.`;

/** Whether a user may consent for themselves: what is about nobody else. */
const isForEverybody = (name: string): boolean => !name.endsWith('.All');

/** The same id for the same name, always: another one would take the permission away from those who have it. */
const idOf = (name: string): string => guidOf(`device-registrar/${name}`);
