import { Json } from '../../contract/json.ts';
import { selectSuffix, type Query } from '../../contract/odata/query.ts';
import type { Entity } from '../port.ts';

/** What is asked of each object of an answer. */
export type Selection = Pick<Query, 'select' | 'expand'>;

/** Finds what a relationship of an object leads to. */
export type Follow = (of: Entity, relationship: string) => Promise<readonly Entity[]>;

/** How many objects of a relationship come with each object. Source: Microsoft Graph, "Customize responses". */
const maxExpanded = 20;

/**
 * The object with the properties that were selected, and with the objects that a relationship leads to.
 * A selected property without a value is `null`, also one that an answer shows only when it is selected.
 */
export async function selected(entity: Entity, selection: Selection, follow: Follow): Promise<Entity> {
  const { select, expand } = selection;
  if (!select && !expand) return entity;
  const values = entity.json.parse() as Record<string, unknown>;
  const shown: Record<string, unknown> = select
    ? Object.fromEntries(select.map((name) => [name, values[name] ?? null]))
    : values;
  if (expand) {
    const related = await follow(entity, expand.relationship);
    const inner = expand.select ? { select: expand.select } : {};
    const objects = await Promise.all(related.slice(0, maxExpanded).map((one) => selected(one, inner, follow)));
    shown[expand.relationship] = objects.map(({ type, json }) => ({ '@odata.type': `#${type}`, ...json.parse() }));
  }
  return { ...entity, json: new Json(JSON.stringify(shown)), selection: selectSuffix(selection) };
}
