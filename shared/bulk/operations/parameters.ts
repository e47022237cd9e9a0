import { GraphError } from '../../contract/errors.ts';

/** What stands behind the question mark of the address of a job. @throws GraphError BadRequest for a parameter that is not known */
export function parametersIn(text: string, known: readonly string[]): URLSearchParams {
  const parameters = new URLSearchParams(text);
  const strange = [...parameters.keys()].find((name) => !known.includes(name));
  if (strange === undefined) return parameters;
  throw wrong(strange, known.length === 0 ? 'There are no parameters here.' : `${known.join(', ')} can be given here.`);
}

/** @throws GraphError BadRequest unless it is true or false */
export function booleanIn(parameters: URLSearchParams, name: string): boolean {
  const value = parameters.get(name) ?? 'false';
  if (!/^(true|false)$/i.test(value)) throw wrong(name, `${name} is true or false.`);
  return value.toLowerCase() === 'true';
}

/** @throws GraphError BadRequest unless it is a whole number between these */
export function integerIn(
  parameters: URLSearchParams,
  name: string,
  { least, most, usual }: { least: number; most: number; usual: number },
): number {
  const value = parameters.get(name);
  if (value === null) return usual;
  const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
  if (!(number >= least && number <= most)) throw wrong(name, `${name} is a whole number from ${least} to ${most}.`);
  return number;
}

/** @throws GraphError Directory_ExpiredPageToken unless it has the form of those that were made here */
export function pageTokenIn(parameters: URLSearchParams, form: RegExp): string | undefined {
  const token = parameters.get('$skiptoken') ?? undefined;
  if (token === undefined || form.test(token)) return token;
  throw new GraphError('Directory_ExpiredPageToken', 'The $skiptoken was not made here: begin with the first page.');
}

const wrong = (name: string, message: string): GraphError =>
  new GraphError('BadRequest', `Invalid query parameter '${name.slice(0, 100)}'.`, {
    details: [{ code: 'InvalidParameter', target: name.slice(0, 100), message }],
  });
