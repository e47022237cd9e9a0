import type { OperationPage } from '../../shared/operations/operation.ts';

const version = '{version:regex(^(v1\\.0|beta)$)}';

/**
 * The route template of an operation, under both versions.
 *
 * An operation that is served with and without `/$ref` has one function: its last segment is optional.
 * @throws Error when the paths of a page do not fit into one template
 */
export function routeOf({ id, paths: [path = '', ...others] }: Pick<OperationPage, 'id' | 'paths'>): string {
  if (others.length === 0) return version + path;
  if (others.length === 1 && path === `${String(others[0])}/$ref`) {
    return `${version}${String(others[0])}/{ref:regex(^\\$ref$)?}`;
  }
  throw new Error(`The paths of ${id} do not fit into one route.`);
}
