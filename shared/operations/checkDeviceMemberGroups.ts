import { jsonBody } from '../contract/body.ts';
import pages from '../contract/generated/operations.json' with { type: 'json' };
import type { DeviceMemberGroupsCheck } from '../contract/generated/types.ts';
import { refuseUnlessGuids } from '../contract/objectId.ts';
import { answerMembership, ofDevice } from './memberships.ts';
import type { Operation } from './operation.ts';

/** Tells which of some groups a device is a member of. */
export const checkDeviceMemberGroups: Operation<DeviceMemberGroupsCheck> = {
  ...pages.checkDeviceMemberGroups,
  changesNothing: true,
  body: jsonBody('deviceMemberGroupsCheck', ofDevice),

  async run(input) {
    refuseUnlessGuids(input.body.groupIds, 'groupIds');
    return answerMembership(input, 'checkMemberGroups');
  },
};
