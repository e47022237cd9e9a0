import pages from '../contract/generated/operations.json' with { type: 'json' };
import { objectId } from '../contract/objectId.ts';
import type { Operation } from './operation.ts';

/** Reads an object of whatever kind. */
export const getDirectoryObject: Operation = {
  ...pages.getDirectoryObject,
  async run({ params, query, directory }) {
    const entity = await directory.getObject(objectId(params.id), query);
    return { status: 200, context: 'directoryObjects/$entity', entity, showType: true };
  },
};
