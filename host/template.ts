import { constraint } from './constraints.ts';

/** A route template, ready to match decoded paths. */
export interface Template {
  /** Fewest and most path segments that can match; `Infinity` with a catch-all. */
  readonly segments: { readonly least: number; readonly most: number };
  /** Route values of a decoded path, or undefined when it does not match. */
  match(path: string): Record<string, string> | undefined;
}

interface Parameter {
  readonly name: string;
  readonly catchAll: boolean;
  readonly optional: boolean;
  readonly fallback: string | undefined;
  readonly tests: readonly ((value: string) => boolean)[];
}
type Part = string | Parameter;

/** A doubled brace, a parameter, a slash, or other literal text. */
const token = /\{\{|\}\}|\{((?:[^{}]|\{\{|\}\})+)\}|\/|[^{}/]+/y;

/**
 * Compiles a template into one regular expression.
 * Complex segments such as `devices(deviceId='{deviceId}')` give each parameter as much as they can, from the left,
 * which equals the real host's search from the right unless a literal recurs inside a value.
 * @throws Error saying what is malformed
 * Source: aspnetcore src/Http/Routing/src/Patterns/RoutePatternParser.cs and RoutePatternMatcher.cs
 */
export function parseTemplate(text: string): Template {
  const segments = split(text.replace(/^~?\//, '')).map(checked);
  const parameters = segments.flat().filter((part) => typeof part !== 'string');
  const names = parameters.map(({ name }) => name.toLowerCase());
  if (new Set(names).size < names.length) throw new Error('a parameter name is repeated');
  const last = segments.at(-1)?.[0];
  if (parameters.some((parameter) => parameter.catchAll && parameter !== last)) {
    throw new Error('a catch-all parameter must come last');
  }

  const captured: string[] = [];
  const sources = segments.map((parts) => source(parts, captured));
  const needed = segments.findLastIndex((parts) => !canBeAbsent(parts)) + 1;
  const tail = sources.slice(needed).reduceRight((rest, each) => `(?:\\/${each}${rest})?`, '');
  const head = sources.slice(0, needed).map((each) => `\\/${each}`);
  let pattern: RegExp | undefined;
  const looked = parameters.filter(({ fallback, tests }) => fallback !== undefined || tests.length > 0);
  const most = parameters.some(({ catchAll }) => catchAll) ? Infinity : segments.length;

  return {
    segments: { least: needed, most },
    match(path) {
      // Compiled at first use: most routes are not asked for soon after a start.
      pattern ??= new RegExp(`^${head.join('')}${tail}\\/?$`, 'is');
      const found = pattern.exec(path);
      if (!found) return undefined;
      const values: Record<string, string> = {};
      for (let i = 0; i < captured.length; i++) {
        const name = captured[i];
        const value = found[i + 1];
        if (name && value) values[name] = value;
      }
      for (const { name, fallback, optional, tests } of looked) {
        const value = values[name] ?? fallback;
        if (value === undefined) {
          if (optional || tests.length === 0) continue;
          return undefined;
        }
        for (const test of tests) if (!test(value)) return undefined;
        values[name] = value;
      }
      return values;
    },
  };
}

/** The parts of each segment; a slash inside a parameter (in a regex) separates nothing. */
function split(text: string): Part[][] {
  let parts: Part[] = [];
  const segments = [parts];
  for (token.lastIndex = 0; token.lastIndex < text.length;) {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (!found) throw new Error(`there is an unbalanced brace at character ${at + 1}`);
    const last = parts.at(-1);
    if (found[0] === '/') segments.push((parts = []));
    else if (found[1] !== undefined) parts.push(parameter(undoubled(found[1])));
    else if (typeof last === 'string') parts[parts.length - 1] = last + undoubled(found[0]);
    else parts.push(undoubled(found[0]));
  }
  if (parts.length === 0) segments.pop();
  return segments;
}

const undoubled = (text: string) => text.replaceAll('{{', '{').replaceAll('}}', '}');

/** Reads `*name:constraint(argument)=default?`. */
function parameter(text: string): Parameter {
  const found = /^(\*{0,2})([^{}?*/][^{}?*/:=]*)((?::[^:=(?]+(?:\(.*?\)(?=[:=?]|$))?)*)(?:=(.*?))?(\?)?$/s.exec(text);
  if (!found) throw new Error(`the parameter "{${text}}" is malformed`);
  const [, stars = '', name = '', constraints = '', fallback, mark] = found;
  if (mark && (stars || fallback !== undefined)) {
    throw new Error(`the parameter "${name}" has a default or is a catch-all, so it cannot be optional`);
  }
  const tests = [...constraints.matchAll(/:([^:=(]+)(?:\((.*?)\)(?=:|$))?/gs)].map(([, kind = '', argument = '']) =>
    constraint(kind, argument),
  );
  // The key's own copy of the text: storing under any other one makes V8 throw away its compiled code again and again.
  const [key = name] = Object.keys({ [name]: true });
  return { name: key, catchAll: stars !== '', optional: mark !== undefined, fallback, tests };
}

function checked(parts: Part[]): Part[] {
  if (parts.length === 0) throw new Error('it has an empty segment ("//")');
  for (const [i, part] of parts.entries()) {
    const before = parts[i - 1];
    if (typeof part === 'string') {
      if (part.includes('?')) throw new Error('a literal holds a question mark');
    } else if (parts.length > 1) {
      if (part.catchAll) throw new Error('a catch-all parameter must stand alone in its segment');
      if (typeof before === 'object') throw new Error('two parameters need text between them');
      if (part.optional && !(before === '.' && i === parts.length - 1)) {
        throw new Error('an optional parameter inside a segment must end it, behind a "."');
      }
    }
  }
  return parts;
}

/** Whether a path may end before this segment, if it also ends before all later ones. */
function canBeAbsent([only, ...others]: readonly Part[]): boolean {
  if (typeof only !== 'object' || others.length > 0) return false;
  return only.catchAll || only.optional || only.fallback !== undefined;
}

/** Regular expression for one segment; adds a name to `captured` for each group. */
function source(parts: readonly Part[], captured: string[]): string {
  const text = parts.map((part) => {
    if (typeof part === 'string') return part.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    captured.push(part.name);
    return part.catchAll ? '(?!\\/)(.*)' : '([^/]+)';
  });
  const last = parts.at(-1);
  if (parts.length === 1 || typeof last !== 'object' || !last.optional) return text.join('');
  return `(?:${text.join('')}|${source(parts.slice(0, -2), captured)}(?<!\\.))`;
}
