import { GraphError } from './errors.ts';
import { isGuid } from './guid.ts';
import type { ObjectReference } from './references.ts';

const refuse = (value: string, hint: string, target = 'id'): GraphError =>
  new GraphError('Request_BadRequest', `Invalid object identifier '${value.slice(0, 200)}'.`, {
    details: [{ code: 'InvalidValue', target, message: hint }],
  });

/**
 * The object id in an address, in lower case.
 * @param target what holds it
 * @throws GraphError Request_BadRequest when it is no GUID
 */
export function objectId(value = '', target = 'id'): string {
  if (!isGuid(value)) {
    throw refuse(value, "An object id is a GUID such as '4c299165-6e8f-4b45-a5ba-c5d250a707ff'.", target);
  }
  return value.toLowerCase();
}

/**
 * Looks through the object ids of a body.
 * @param target the property that holds them
 * @throws GraphError Request_BadRequest with a detail for each that is no GUID
 */
export function refuseUnlessGuids(ids: readonly string[], target: string): void {
  const details = ids.flatMap((id, index) =>
    isGuid(id)
      ? []
      : [{ code: 'InvalidValue', target: `${target}[${index}]`, message: `'${id.slice(0, 200)}' is no GUID.` }],
  );
  if (details.length > 0) throw new GraphError('Request_BadRequest', 'Invalid GUID specified.', { details });
}

/**
 * The device in an address: `/devices/{id}`, or `/devices(deviceId='{deviceId}')`.
 * @throws GraphError Request_BadRequest when the id is no GUID
 */
export function deviceReference({ id, deviceId }: Readonly<Record<string, string>>): ObjectReference {
  if (deviceId === undefined) return { id: objectId(id) };
  if (!isGuid(deviceId)) {
    throw refuse(deviceId, "A deviceId is a GUID such as '4c299165-6e8f-4b45-a5ba-c5d250a707ff'.", 'deviceId');
  }
  return { deviceId: deviceId.toLowerCase() };
}

/**
 * The user in an address: an object id or a user principal name, in lower case.
 * @throws GraphError Request_BadRequest when it is neither
 */
export function userId(value = ''): string {
  if (!isGuid(value) && !/^[^@\s]{1,64}@[^@\s]{1,255}$/.test(value)) {
    throw refuse(value, "A user is named by object id (a GUID) or by user principal name ('adele@contoso.com').");
  }
  return value.toLowerCase();
}
