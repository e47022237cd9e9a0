import type { LocalFunction } from './app.ts';
import { StartError } from './startError.ts';
import { parseTemplate, type Template } from './template.ts';

/** What a request's method and path lead to. */
export interface RouteMatch {
  readonly fn: LocalFunction;
  readonly params: Record<string, string>;
}

export interface RouteTable {
  /** Functions that the real host puts "in error": they have no route, the others work. */
  readonly rejected: readonly { readonly name: string; readonly reason: string }[];
  /** The first function, by name, whose template and methods fit. `path` is decoded, see target.ts. */
  match(method: string, path: string): RouteMatch | undefined;
}

interface Route {
  readonly fn: LocalFunction;
  readonly template: Template;
}

/**
 * Builds the routing table as the real host does: in the order of function names, never by specificity.
 * @param routePrefix `extensions.http.routePrefix` of host.json, may be empty
 * @throws StartError for whatever keeps the real host from starting
 * Source: azure-functions-host src/WebJobs.Script/Host/ScriptHost.cs, checked against test/host/vectors.json
 */
export function buildRoutes(functions: readonly LocalFunction[], routePrefix: string): RouteTable {
  const sorted = functions.toSorted((a, b) => (upper(a) < upper(b) ? -1 : 1));
  const routes: Route[] = [];
  const taken = new Map<string, string>();
  const rejected: { name: string; reason: string }[] = [];
  for (const [i, fn] of sorted.entries()) {
    const next = sorted[i + 1];
    if (next && upper(fn) === upper(next)) {
      throw new StartError(`The function names "${fn.name}" and "${next.name}" differ only in case.`);
    }
    const template = templateOf(fn, routePrefix);
    const reason = reasonToReject(fn, taken);
    if (reason) rejected.push({ name: fn.name, reason });
    else {
      routes.push({ fn, template });
      for (const address of addressesOf(fn)) taken.set(address, fn.name);
    }
  }

  const index = indexed(routes);
  return {
    rejected,
    match(method, path) {
      const bySegments = index.get(method) ?? [];
      for (const { fn, template } of bySegments[Math.min(countSegments(path), bySegments.length - 1)] ?? []) {
        const params = template.match(path);
        if (params) return { fn, params };
      }
      return undefined;
    },
  };
}

const upper = ({ name }: LocalFunction) => name.toUpperCase();
const routeOf = ({ route, name }: LocalFunction) => (route?.trim() ? route : name);

function templateOf(fn: LocalFunction, prefix: string): Template {
  const text = prefix ? `${prefix}/${routeOf(fn)}` : routeOf(fn);
  try {
    return parseTemplate(text);
  } catch (thrown) {
    throw new StartError(`The route "${text}" of function "${fn.name}" is malformed: ${(thrown as Error).message}.`);
  }
}

/** @param taken functions by what they answer, see {@link addressesOf} */
function reasonToReject(fn: LocalFunction, taken: ReadonlyMap<string, string>): string | undefined {
  if (!/^[a-z][\w-]{0,127}$/i.test(fn.name) || /^host$/i.test(fn.name)) {
    return 'a function name is a letter and up to 127 letters, digits, "-" or "_", and not "host"';
  }
  if (/^(?:admin|runtime)/.test(comparable(fn)))
    return 'routes that begin with "admin" or "runtime" belong to the host';
  const rival = addressesOf(fn).find((address) => taken.has(address));
  return rival && `its route and a method belong to function "${taken.get(rival)}"`;
}

const comparable = (fn: LocalFunction) =>
  routeOf(fn)
    .replace(/^\/+|\/+$/g, '')
    .toLowerCase();

/** Each method with the route. */
function addressesOf(fn: LocalFunction): string[] {
  const route = comparable(fn);
  return fn.methods.map((method) => `${method} ${route}`);
}

/** For each method the routes by number of path segments; the last list is for that number and more. */
function indexed(routes: readonly Route[]): Map<string, readonly (readonly Route[])[]> {
  const longest = Math.max(0, ...routes.map(({ template: { segments } }) => segments.most).filter(Number.isFinite));
  const deepest = Math.max(longest, ...routes.map(({ template: { segments } }) => segments.least)) + 1;
  const ofMethod = (method: string) => {
    const declared = routes.filter(({ fn }) => fn.methods.includes(method));
    return Array.from({ length: deepest + 1 }, (_, count) =>
      declared.filter(({ template: { segments } }) => segments.least <= count && count <= segments.most),
    );
  };
  return new Map(routes.flatMap(({ fn }) => fn.methods).map((method) => [method, ofMethod(method)]));
}

/** Slashes in the path, without one at its end: `/a/b` and `/a/b/` have two segments, `/` has none. */
function countSegments(path: string): number {
  let count = 0;
  for (let at = path.indexOf('/'); at !== -1 && at < path.length - 1; at = path.indexOf('/', at + 1)) count++;
  return count;
}
