import { jsonBody } from '../contract/body.ts';
import { GraphError } from '../contract/errors.ts';
import type { DirectoryObjectCreate } from '../contract/generated/types.ts';
import { readReference, type ObjectReference } from '../contract/references.ts';
import type { Entity } from '../directory/port.ts';
import type { Differences, OperationInput, OperationResult } from './operation.ts';

type Input = OperationInput<DirectoryObjectCreate>;

export const registeredDeviceBody = jsonBody<DirectoryObjectCreate>('directoryObjectCreate');

/**
 * Registers for the user what the body names, or makes a new directoryObject where it names nothing.
 * Source: the page "Create registeredDevices"; we answer as docs/sources.md decides (rows 5 to 10).
 */
export async function register(input: Input, user: string): Promise<OperationResult> {
  const reference = referenceIn(input);
  const entity = reference
    ? await input.directory.addRegisteredDevice(user, reference)
    : await input.directory.createRegisteredObject(user, input.body);
  return { status: 201, context: 'directoryObjects/$entity', entity, showType: true, ...locationOf(entity) };
}

/** Only devices have an address of their own. */
const locationOf = (entity: Entity): { location?: string } =>
  entity.type === 'microsoft.graph.device' ? { location: `devices/${entity.id}` } : {};

function referenceIn({ body, base, directory }: Input): ObjectReference | undefined {
  const { '@odata.id': url, id, '@odata.type': type } = body;
  if (url !== undefined && id !== undefined) {
    throw refuse('id', "'@odata.id' and 'id' both name an object; send one of them.");
  }
  if (url !== undefined) return readReference(url, base, directory.address);
  if (id !== undefined) return { id };
  if (type === '#microsoft.graph.device') {
    throw refuse('@odata.type', 'A device is created at POST /devices; here it is named by its id or @odata.id.');
  }
  return undefined;
}

const refuse = (target: string, message: string): GraphError =>
  new GraphError(
    'Request_BadRequest',
    `Invalid value specified for property '${target}' of resource 'DirectoryObject'.`,
    {
      details: [{ code: 'InvalidValue', target, message }],
    },
  );

/** Today's Graph has no write here (docs/sources.md, rows 5 and 9). */
export const notWritable: Differences<DirectoryObjectCreate> = {
  refuse: ({ view }) =>
    view === undefined
      ? new GraphError('BadRequest', 'Write requests are only supported on contained entities')
      : new GraphError('Request_BadRequest', 'Specified HTTP method is not allowed for the request target.', {
          status: 405,
          headers: { Allow: 'GET' },
        }),
};
