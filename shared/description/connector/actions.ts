import { describeAll, type Describable, type Described } from '../describe.ts';
import type { Pages } from '../pages.ts';
import { capitalized } from '../words.ts';

/** An operation as makers of workflows see it. */
export interface Action extends Described {
  operationId: string;
}

/** Media types that a connector can send. Source: rules of the connector certification. */
const sendable = ['application/json', 'text/plain'];

/**
 * What makers get: one action for each operation, at its first address. Left out are further addresses of the same operation,
 * what is meant for programs (`$count`, `$batch`), and bodies that no connector can send.
 */
export const actionsOf = (operations: readonly Describable[], pages?: Pages): Action[] =>
  describeAll(operations, pages)
    .filter(({ name, operation }) => name === operation)
    .filter(({ path }) => !/\/\$(?!ref$)[^/]*$/.test(path))
    .filter(({ body }) => body === undefined || body.mediaTypes.some((mediaType) => sendable.includes(mediaType)))
    .map((described) => ({ ...described, operationId: capitalized(described.name) }));

/** Whether the body must name an object by `@odata.id`, for which makers give an id. */
export const needsReference = ({ body }: Action, required: (schema: string) => readonly string[]): boolean =>
  body?.schema !== undefined && required(body.schema).includes('@odata.id');
