import { grantsAny, type Caller } from '../auth/caller.ts';
import { GraphError } from '../contract/errors.ts';
import type { QueryText } from '../contract/queryText.ts';
import { actsOnAnother } from './allow.ts';
import type { Operation, OperationInput } from './operation.ts';

/** Permissions that read whatever `$expand` leads to. */
const readEverything = ['Directory.Read.All', 'Directory.ReadWrite.All'];

const basic = 'User.ReadBasic.All';

/**
 * What somebody may read of a user with nothing but User.ReadBasic.All.
 * Source: Microsoft Graph permissions reference, "User.ReadBasic.All"; of the basic profile, what this API has.
 */
const basicProfile = ['id', 'displayName', 'givenName', 'surname', 'mail', 'userPrincipalName'];

type Guarded = Pick<Operation, 'permissions' | 'forOthers'>;

/**
 * The query with which Graph is called where it sees this app alone, and would answer whatever the app may read: no more is asked for
 * than the caller may read.
 * @throws GraphError Authorization_RequestDenied for `$expand`, unless the caller may read everything
 */
export function withinRights(
  operation: Guarded,
  { caller, params, query }: Pick<OperationInput<unknown>, 'caller' | 'params' | 'query'>,
): QueryText {
  const options = query.text.split('&').map((text) => ({ text, name: nameOf(text) }));
  if (options.some(({ name }) => name.includes('expand')) && !grantsAny(caller.permissions, readEverything))
    throw noExpand();
  if (!readsBasicsOnly(operation, caller, params)) return query;
  const wanted = options.flatMap(({ name, text }) => (name.includes('select') ? namesIn(text) : []));
  const selected = basicProfile.filter((name) => wanted.length === 0 || wanted.includes(name.toLowerCase()));
  const rest = options.filter(({ name, text }) => !name.includes('select') && text !== '').map(({ text }) => text);
  return { ...query, text: [...rest, `$select=${selected.join(',') || 'id'}`].join('&') };
}

/** Whether User.ReadBasic.All is all that lets this caller read this. */
function readsBasicsOnly(
  { permissions, forOthers }: Guarded,
  caller: Caller,
  params: OperationInput<unknown>['params'],
) {
  const own = caller.kind === 'user' ? permissions.delegated : permissions.application;
  const wanted = (actsOnAnother(caller, params) ? forOthers?.delegated : undefined) ?? own;
  return (
    wanted.includes(basic) &&
    !grantsAny(
      caller.permissions,
      wanted.filter((name) => name !== basic),
    )
  );
}

/** The name of an option in lower case, whatever else stands around it: nobody gets more by an odd spelling. */
const nameOf = (option: string): string => decoded(option.split('=', 1).join()).toLowerCase();

/** The properties that a `$select` names, in lower case. */
const namesIn = (option: string): string[] =>
  decoded(option.slice(option.indexOf('=') + 1))
    .split(',')
    .map((name) => name.trim().toLowerCase());

/** What cannot be decoded is no name of anything. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return '';
  }
}

const noExpand = (): GraphError =>
  new GraphError('Authorization_RequestDenied', 'Insufficient privileges to complete the operation.', {
    details: [
      {
        code: 'MissingPermission',
        target: '$expand',
        message: `$expand would be answered with what this service may read; the token needs the permission ${readEverything.join(' or ')} for it.`,
      },
    ],
  });
