import { deviceDeletionRoles } from '../contract/directoryRoles.ts';
import { GraphError } from '../contract/errors.ts';
import pages from '../contract/generated/operations.json' with { type: 'json' };
import { objectId } from '../contract/objectId.ts';
import type { Directory, ObjectType } from '../directory/port.ts';
import type { Operation } from './operation.ts';

const deletable: readonly ObjectType[] = ['microsoft.graph.device', 'microsoft.graph.directoryObject'];

/** Deletes a device, or what was made in its place. */
export const deleteDirectoryObject: Operation = {
  ...pages.deleteDirectoryObject,
  rolesInGraph: deviceDeletionRoles,

  async run({ params, directory }) {
    const id = objectId(params.id);
    if (await deleteDevice(directory, id)) return { status: 204 };
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

/**
 * Deletes a device as one: whoever may do that need not be allowed to read objects of whatever kind.
 * @returns false when the id is not that of a device
 */
async function deleteDevice(directory: Directory, id: string): Promise<boolean> {
  try {
    await directory.deleteDevice({ id });
    return true;
  } catch (error) {
    if (error instanceof GraphError && error.status === 404) return false;
    throw error;
  }
}

const notDeletable = (type: ObjectType): GraphError =>
  new GraphError('Authorization_RequestDenied', 'Insufficient privileges to complete the operation.', {
    details: [{ code: 'NotDeletable', target: 'id', message: `Devices are deleted here; this is a ${type}.` }],
  });
