import { jsonBody } from '../contract/body.ts';
import pages from '../contract/generated/operations.json' with { type: 'json' };
import type { DirectoryObjectsByIdsGet } from '../contract/generated/types.ts';
import { refuseUnlessGuids } from '../contract/objectId.ts';
import type { Operation } from './operation.ts';

/** Reads several objects of whatever kind. */
export const getDirectoryObjectsByIds: Operation<DirectoryObjectsByIdsGet> = {
  ...pages.getDirectoryObjectsByIds,
  changesNothing: true,
  body: jsonBody('directoryObjectsByIdsGet', { resource: 'DirectoryObject' }),

  async run({ body: { ids, types }, directory }) {
    refuseUnlessGuids(ids, 'ids');
    const wanted = ids.map((id) => id.toLowerCase());
    const value = await directory.getObjects(wanted, types ?? []);
    return { status: 200, context: 'directoryObjects', page: { value }, showTypes: true };
  },
};
