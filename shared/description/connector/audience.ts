import { isJson, type Json } from '../openApiSchema.ts';
import { jsonIn } from '../pages.ts';
import type { Action } from './actions.ts';

type Visibility = 'important' | 'advanced' | 'internal';

/** For whom a schema is written down: makers who fill in a body, or who pick values from an answer. */
export interface Audience {
  visibilityOf(name: string, isRequired: boolean): Visibility;
  /** What is said of a property in place of what its page says. */
  reword(name: string, isRequired: boolean): { label?: string; schema?: Json } | undefined;
}

/** Who fills in a body gives ids and no addresses: where an address must be sent, a policy makes it of the id. */
export const writers: Audience = {
  visibilityOf(name, isRequired) {
    if (isRequired || name === 'id') return 'important';
    return name.startsWith('@odata.') ? 'internal' : 'advanced';
  },
  reword(name, isRequired) {
    if (name !== '@odata.id' || !isRequired) return undefined;
    const description = 'The object ID of what is to be linked. The connector makes the address of it.';
    return { label: 'Object ID', schema: { type: 'string', format: 'uuid', description, maxLength: 36 } };
  },
};

/** Who picks values sees those first that the page's examples show. */
export function readers(actions: readonly Action[]): Audience {
  const shown = new Set(['value', ...actions.flatMap(({ examples }) => examples.flatMap(namesIn))]);
  return {
    visibilityOf: (name) => (shown.has(name) ? 'important' : 'advanced'),
    reword: () => undefined,
  };
}

/** Names of the properties in an answer, or in the items of a list. */
function namesIn({ response }: Action['examples'][number]): string[] {
  const body = jsonIn(response);
  const objects = isJson(body) && Array.isArray(body.value) ? body.value : [body];
  return objects.filter(isJson).flatMap(Object.keys);
}
