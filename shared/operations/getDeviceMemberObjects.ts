import { jsonBody } from '../contract/body.ts';
import pages from '../contract/generated/operations.json' with { type: 'json' };
import type { DeviceMemberObjectsGet } from '../contract/generated/types.ts';
import { answerMembership, ofDevice } from './memberships.ts';
import type { Operation } from './operation.ts';

/** Tells which groups and administrative units a device is a member of. */
export const getDeviceMemberObjects: Operation<DeviceMemberObjectsGet> = {
  ...pages.getDeviceMemberObjects,
  changesNothing: true,
  body: jsonBody('deviceMemberObjectsGet', ofDevice),
  run: (input) => answerMembership(input, 'getMemberObjects'),
};
