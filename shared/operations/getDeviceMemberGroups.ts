import { jsonBody } from '../contract/body.ts';
import pages from '../contract/generated/operations.json' with { type: 'json' };
import type { DeviceMemberGroupsGet } from '../contract/generated/types.ts';
import { answerMembership, ofDevice } from './memberships.ts';
import type { Operation } from './operation.ts';

/** Tells which groups a device is a member of. */
export const getDeviceMemberGroups: Operation<DeviceMemberGroupsGet> = {
  ...pages.getDeviceMemberGroups,
  changesNothing: true,
  body: jsonBody('deviceMemberGroupsGet', ofDevice),
  run: (input) => answerMembership(input, 'getMemberGroups'),
};
