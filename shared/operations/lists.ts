import { GraphError } from '../contract/errors.ts';
import type { List, ObjectType } from '../directory/port.ts';
import type { ForOthers, OperationInput, OperationResult, Permissions } from './operation.ts';

/** The sets of which `@odata.context` speaks when a list is cast to one type. */
const sets = {
  'microsoft.graph.device': 'devices',
  'microsoft.graph.user': 'users',
  'microsoft.graph.group': 'groups',
  'microsoft.graph.administrativeUnit': 'administrativeUnits',
  'microsoft.graph.servicePrincipal': 'servicePrincipals',
  'microsoft.graph.endpoint': 'endpoints',
  'microsoft.graph.appRoleAssignment': 'appRoleAssignments',
  'microsoft.graph.directoryObject': 'directoryObjects',
} as const satisfies Record<ObjectType, string>;

/** What lists of a user ask of somebody else: `User.Read` is about the signed-in user alone. */
export const aboutOthers = ({ delegated }: Permissions): ForOthers => ({
  delegated: delegated.filter((name) => name !== 'User.Read'),
});

/**
 * Answers a list, or the number of its objects, as the end of the address asks: `…/{view}/{count}`, where `view` is `$count` or
 * the name of a type, and `count` is `$count`.
 */
export async function answerList(input: OperationInput<unknown>, list: List): Promise<OperationResult> {
  const { params, query, directory } = input;
  const { view, count } = params;
  const isCount = view === '$count';
  if (isCount && count !== undefined) throw noSegment(count);
  if (list.relation === 'devices') {
    if (isCount) return { status: 200, count: await directory.count(list, query) };
    return { status: 200, context: 'devices', page: await directory.list(list, query), showTypes: false };
  }
  const type = isCount || view === undefined ? undefined : typeNamed(view);
  const asked: List = type === undefined ? list : { ...list, type };
  if (isCount || count !== undefined) return { status: 200, count: await directory.count(asked, query) };
  const page = await directory.list(asked, query);
  return { status: 200, context: type ? sets[type] : 'directoryObjects', page, showTypes: type === undefined };
}

/** A type in an address: `microsoft.graph.user`, or `graph.user` for short, in any case. */
function typeNamed(segment: string): ObjectType {
  const name = segment.toLowerCase().replace(/^(?:microsoft\.)?graph\./, 'microsoft.graph.');
  const type = (Object.keys(sets) as ObjectType[]).find((known) => known.toLowerCase() === name);
  if (type === undefined) throw noSegment(segment);
  return type;
}

const noSegment = (segment: string): GraphError =>
  new GraphError('BadRequest', `Resource not found for the segment '${segment.slice(0, 200)}'.`);
