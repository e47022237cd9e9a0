/** The path of an example's address below the host, or what it was taken for. */
export interface ExamplePath {
  path: string;
  /** false when the address is not a version and one of the page's templates, and was guessed. */
  certain: boolean;
}

/** A regular expression for a template: each placeholder stands for one value within a segment. */
const pattern = (template: string): string =>
  template
    .split(/(\{[^}]*\})/)
    .map((part) => (part.startsWith('{') ? '[^/]+' : part.replace(/[\\^$.*+?()[\]|]/g, '\\$&')))
    .join('');

/**
 * Finds the page's template in an example's address: `https://graph.microsoft.com/v1.0/devices` is `/v1.0/devices`. An
 * address that is no version and template is searched for a template at its end, with or without `/$ref`.
 * @returns undefined when no template fits
 */
export function findPath(address: string, templates: readonly string[]): ExamplePath | undefined {
  const local = address.replace(/^https?:\/\/[^/\\?]+/i, '').replaceAll(' ', '%20');
  const [, found = '', query = ''] = /^([^?]*)(.*)$/s.exec(local) ?? [];
  const path = found.replaceAll('\\', '/');
  const fits = (start: string, end: string): string | undefined => {
    const matches = templates.map((template) => new RegExp(`${start}(${pattern(template)})$`, 'i').exec(path)?.[1]);
    const longest = matches.filter((match) => match !== undefined).toSorted((a, b) => b.length - a.length)[0];
    return longest === undefined ? undefined : longest + end;
  };
  if (path === found && fits('^/(?:v1\\.0|beta)', '') !== undefined) return { path: local, certain: true };
  const guess = fits('', '') ?? findWithoutReference(path, templates);
  return guess === undefined ? undefined : { path: `/v1.0${guess}${query}`, certain: false };
}

function findWithoutReference(path: string, templates: readonly string[]): string | undefined {
  const references = templates.filter((template) => template.endsWith('/$ref'));
  const shortened = references.map((template) => template.slice(0, -'/$ref'.length));
  const match = shortened.map((template) => new RegExp(`(${pattern(template)})$`, 'i').exec(path)?.[1]).find(Boolean);
  return match === undefined ? undefined : `${match}/$ref`;
}
