import type { OperationPage } from '../../shared/operations/operation.ts';

const version = '{version:regex(^(v1\\.0|beta)$)}';

/** A function of an operation: the host gives each one route. */
export interface FunctionRoute {
  name: string;
  route: string;
}

/**
 * The functions that serve an operation, under both versions.
 *
 * An operation that is served with and without `/$ref` has one function: its last segment is optional. One that takes a device by
 * either of its ids has two, as no template fits both.
 * @throws Error when the paths of a page fit neither
 */
export function routesOf({ id, paths }: Pick<OperationPage, 'id' | 'paths'>): FunctionRoute[] {
  const [path = '', other, ...others] = paths;
  if (other === undefined) return [{ name: id, route: version + path }];
  if (others.length === 0 && path === `${other}/$ref`) {
    return [{ name: id, route: `${version}${other}/{ref:regex(^\\$ref$)?}` }];
  }
  if (others.length === 0 && path.replace('/devices/{id}', "/devices(deviceId='{deviceId}')") === other) {
    return [
      { name: id, route: version + path },
      { name: `${id}ByDeviceId`, route: version + other },
    ];
  }
  throw new Error(`The paths of ${id} do not fit into a route.`);
}
