import { GraphError } from '../contract/errors.ts';
import type { OperationPage } from './operation.ts';

/** What the address of a request leads to, as far as a list of operations tells. */
type Addressed = Pick<OperationPage, 'method' | 'paths'>;

/**
 * Why no operation takes a request.
 * @param path decoded, without leading slash, such as `v1.0/devices`
 * @returns a GraphError with status 405 (with `Allow`), 400 or 404
 */
export function unmatched(operations: readonly Addressed[], method: string, path: string): GraphError {
  const [version = '', ...segments] = path.replace(/\/$/, '').split('/');
  if (!/^(v1\.0|beta)$/i.test(version)) {
    return new GraphError(
      'Request_ResourceNotFound',
      `'${method.slice(0, 20)} /${path.slice(0, 200)}' is not served; the API is at '/v1.0' and '/beta'.`,
    );
  }
  const templates = operations.flatMap((operation) =>
    operation.paths.map((template) => ({ method: operation.method, parts: template.split('/').slice(1) })),
  );
  const at = (address: readonly string[]): typeof templates =>
    templates.filter(({ parts }) => parts.length === address.length && matching(parts, address) === address.length);
  if (at([...segments, '$ref']).some((template) => template.method === method)) {
    return new GraphError('BadRequest', 'Write requests are only supported on contained entities');
  }
  const allowed = at(segments);
  if (allowed.length > 0) {
    return new GraphError('Request_BadRequest', 'Specified HTTP method is not allowed for the request target.', {
      status: 405,
      headers: { Allow: [...new Set(allowed.map((template) => template.method))].join(', ') },
      details: [{ code: 'MethodNotAllowed', message: `'${method.slice(0, 20)}' is not served at this address.` }],
    });
  }
  const known = Math.max(0, ...templates.map(({ parts }) => matching(parts, segments)));
  const segment = segments[known] ?? segments.at(-1) ?? version;
  return new GraphError('BadRequest', `Resource not found for the segment '${segment.slice(0, 200)}'.`);
}

/** How many leading segments a template takes. */
function matching(parts: readonly string[], segments: readonly string[]): number {
  const firstOther = parts.findIndex((part, index) => {
    const segment = segments[index];
    return !segment || !takes(part, segment);
  });
  return firstOther === -1 ? parts.length : firstOther;
}

/** Whether a segment fits a part such as `devices`, `{id}` or `devices(deviceId='{deviceId}')`; a whole one never takes `$count`. */
function takes(part: string, segment: string): boolean {
  const [before = '', after] = part.toLowerCase().split(/\{[^}]*\}/);
  const text = segment.toLowerCase();
  if (after === undefined) return text === before;
  if (before + after === '' && text.startsWith('$')) return false;
  return text.startsWith(before) && text.endsWith(after) && text.length > before.length + after.length;
}
