import { GraphError } from '../../contract/errors.ts';

export function conflict(property: string): GraphError {
  const message = `Another object with the same value for property ${property} already exists.`;
  return new GraphError('Request_BadRequest', message, {
    details: [{ code: 'ObjectConflict', target: property, message }],
  });
}

export const alreadyThere = (property: string): GraphError =>
  new GraphError(
    'Request_BadRequest',
    `One or more added object references already exist for the following modified properties: '${property}'.`,
    {
      details: [{ code: 'ObjectConflict', target: property, message: 'The user and the object are linked already.' }],
    },
  );

export const notAUser = (id: string): GraphError =>
  new GraphError('Request_BadRequest', `The object '${id}' is no user.`, {
    details: [
      { code: 'InvalidReference', target: '@odata.id', message: 'A user is expected; this is another kind of object.' },
    ],
  });

export const notDeletable = (): GraphError =>
  new GraphError('Authorization_RequestDenied', 'Insufficient privileges to complete the operation.', {
    details: [{ code: 'UserNotDeletable', message: 'Users are not deleted here; only their links to devices are.' }],
  });
