import { deviceReference } from '../contract/objectId.ts';
import type { MembershipAction } from '../directory/port.ts';
import type { OperationInput, OperationResult } from './operation.ts';

/** Whose body it is in messages: the actions are those of a device. */
export const ofDevice = { resource: 'Device' };

/** Asks about the memberships of the device in the address. */
export async function answerMembership(
  { body, params, directory }: OperationInput<object>,
  action: MembershipAction,
): Promise<OperationResult> {
  const strings = await directory.membership(deviceReference(params), action, body);
  return { status: 200, context: 'Collection(Edm.String)', strings };
}
