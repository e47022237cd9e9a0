import { operationsIn } from '../document.ts';
import type { Rule } from '../rules.ts';

/** Where actions are. */
export const pathRules: Record<string, Rule> = {
  'a path has neither a star nor query nor fragment': ({ paths }) =>
    Object.keys(paths).filter((path) => /[*?#]/.test(path)),
  'a path item refers to no other': ({ paths }) => Object.keys(paths).filter((path) => '$ref' in Object(paths[path])),
  'paths differ in more than case and the names of parameters'({ paths }) {
    const forms = Object.keys(paths).map((path) => path.toLowerCase().replaceAll(/\{[^}]*\}/g, '{}'));
    return forms.filter((form, index) => forms.indexOf(form) < index);
  },
  'no path fits into the template of another that has a method of it, too'({ paths }) {
    const all = Object.keys(paths);
    const share = (path: string, other: string): boolean =>
      Object.keys(paths[path] ?? {}).some((method) => method in (paths[other] ?? {}));
    return all.flatMap((path) =>
      all
        .filter((other) => other !== path && overlaps(path, other) && share(path, other))
        .map((other) => `${path} in ${other}`),
    );
  },
  'a device is addressed in one visible way'(document) {
    const visible = operationsIn(document).filter(({ it }) => it['x-ms-visibility'] !== 'internal');
    return visible.filter(({ path }) => /\(.*=.*\)/.test(path)).map(({ place }) => place);
  },
  'the parameters of a path are those of its template'(document) {
    return operationsIn(document).flatMap(({ place, path, it: { parameters = [] } }) => {
      const inTemplate = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => String(name));
      const given = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => String(name));
      const odd = [...inTemplate.filter((n) => !given.includes(n)), ...given.filter((n) => !inTemplate.includes(n))];
      return odd.map((name) => `${place}: ${name}`);
    });
  },
};

/** Whether a literal path fits a template: `/devices/bulk` and `/devices/{id}`. */
function overlaps(path: string, template: string): boolean {
  const [parts, others] = [path.split('/'), template.split('/')];
  return (
    parts.length === others.length &&
    parts.every((part, index) => part === others[index] || /^\{[^}]*\}$/.test(others[index] ?? '')) &&
    parts.some((part, index) => part !== others[index] && !part.includes('{'))
  );
}
