import { jsonBody } from '../contract/body.ts';
import { deviceRoles } from '../contract/directoryRoles.ts';
import type { DirectoryObjectAdd } from '../contract/generated/types.ts';
import type { Differences, Permissions } from './operation.ts';

/** A reference is no object: it has no extensions. */
export const linkBody = jsonBody<DirectoryObjectAdd>('directoryObjectAdd', { maxExtensions: 0 });

/** Today's Graph lets no application write a link, and no user without a role (docs/sources.md, row 26). */
export const onlyWithRole = <B>(permissions: Permissions): Differences<B> => ({
  permissions: { ...permissions, application: [] },
  directoryRoles: deviceRoles,
});
