import { jsonBody } from '../contract/body.ts';
import pages from '../contract/generated/operations.json' with { type: 'json' };
import type { DeviceMemberObjectsCheck } from '../contract/generated/types.ts';
import { refuseUnlessGuids } from '../contract/objectId.ts';
import { answerMembership, ofDevice } from './memberships.ts';
import type { Operation } from './operation.ts';

/** Tells which of some groups and administrative units a device is a member of. */
export const checkDeviceMemberObjects: Operation<DeviceMemberObjectsCheck> = {
  ...pages.checkDeviceMemberObjects,
  changesNothing: true,
  body: jsonBody('deviceMemberObjectsCheck', ofDevice),

  async run(input) {
    refuseUnlessGuids(input.body.ids, 'ids');
    return answerMembership(input, 'checkMemberObjects');
  },
};
