import { grantsAny, type Caller } from '../auth/caller.ts';
import { directoryRoles, type DirectoryRole } from '../contract/directoryRoles.ts';

/** The app role of this service's registration that shows all jobs. */
export const adminRole = 'Registrar.Admin';

/** The directory roles that do. */
const roles: readonly DirectoryRole[] = ['Global Administrator', 'Intune Administrator', 'Cloud Device Administrator'];
const roleIds = roles.map((role) => directoryRoles[role]);

/** A caller as jobs remember who started them: the tenant, and the user or service principal in it. */
export const creatorOf = ({ tenantId = '', id }: Caller): string => `${tenantId.toLowerCase()}/${id}`;

export const isAdministrator = ({ kind, permissions, appRoles, directoryRoles: granted }: Caller): boolean =>
  grantsAny((kind === 'application' ? permissions : appRoles) ?? new Set(), [adminRole]) || grantsAny(granted, roleIds);

export const isSeenBy = (creator: string | null, caller: Caller): boolean =>
  creator === creatorOf(caller) || isAdministrator(caller);
