import { deviceDeletionRoles } from '../contract/directoryRoles.ts';
import { GraphError } from '../contract/errors.ts';
import pages from '../contract/generated/operations.json' with { type: 'json' };
import { objectId } from '../contract/objectId.ts';
import type { ObjectType } from '../directory/port.ts';
import type { Operation } from './operation.ts';

const deletable: readonly ObjectType[] = ['microsoft.graph.device', 'microsoft.graph.directoryObject'];

/** Deletes a device, or what was made in its place. */
export const deleteDirectoryObject: Operation = {
  ...pages.deleteDirectoryObject,
  rolesInGraph: deviceDeletionRoles,

  async run({ params, directory }) {
    const id = objectId(params.id);
    // Microsoft Graph would delete whatever the credential may: a user, a group, an application.
    const { type } = await directory.getObject(id);
    if (!deletable.includes(type)) throw notDeletable(type);
    await directory.deleteObject(id);
    return { status: 204 };
  },

  // docs/sources.md, row 34.
  current: {
    permissions: { ...pages.deleteDirectoryObject.permissions, application: [] },
    directoryRoles: deviceDeletionRoles,
  },
};

const notDeletable = (type: ObjectType): GraphError =>
  new GraphError('Authorization_RequestDenied', 'Insufficient privileges to complete the operation.', {
    details: [{ code: 'NotDeletable', target: 'id', message: `Devices are deleted here; this is a ${type}.` }],
  });
