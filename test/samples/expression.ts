/** Functions of the workflow language, by their names. */
export type Functions = Readonly<Record<string, (...values: unknown[]) => unknown>>;

const token = /\s*(?:'((?:[^']|'')*)'|(-?\d+)|([A-Za-z]\w*)|(\?\[|[[\](),]))/y;

/**
 * The value of a text of a workflow: `@expression`, text with `@{expression}` in it, or just text.
 * @throws Error at a function or a form that the samples do not use
 */
export function valueOf(text: string, functions: Functions): unknown {
  if (/^@(?!\{)/.test(text)) return evaluate(text.slice(1), functions);
  return text.replaceAll(/@\{([^}]*)\}/g, (_, expression: string) => {
    const value = evaluate(expression, functions);
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}

/** The same for everything within a value. */
export function resolve(value: unknown, functions: Functions): unknown {
  if (typeof value === 'string') return valueOf(value, functions);
  if (Array.isArray(value)) return value.map((item) => resolve(item, functions));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolve(inner, functions)]));
}

function evaluate(expression: string, functions: Functions): unknown {
  const tokens = [...scan(expression)];
  const take = (): Token => {
    const next = tokens.shift();
    if (!next) throw new Error(`"${expression}" ends too early.`);
    return next;
  };
  const expect = (mark: string): void => {
    const { mark: found } = take();
    if (found !== mark) throw new Error(`"${expression}" lacks a ${mark}.`);
  };
  const read = (): unknown => {
    let value = readOne(take());
    while (tokens[0]?.mark === '[' || tokens[0]?.mark === '?[') {
      const mayBeAbsent = take().mark === '?[';
      const key = read() as string;
      expect(']');
      if (value === undefined || value === null) {
        if (!mayBeAbsent) throw new Error(`"${expression}" asks nothing for ${key}.`);
      } else {
        value = (value as Record<string, unknown>)[key];
      }
    }
    return value ?? null;
  };
  const readOne = ({ literal, name }: Token): unknown => {
    if (name === undefined) return literal;
    const call = functions[name];
    if (!call) throw new Error(`The function ${name} is not known.`);
    expect('(');
    const values: unknown[] = [];
    while (tokens[0]?.mark !== ')') {
      if (values.length > 0) expect(',');
      values.push(read());
    }
    expect(')');
    return call(...values);
  };
  const value = read();
  if (tokens.length > 0) throw new Error(`"${expression}" goes on where it should end.`);
  return value;
}

interface Token {
  literal?: string | number;
  name?: string;
  mark?: string;
}

function* scan(expression: string): Generator<Token> {
  for (token.lastIndex = 0; token.lastIndex < expression.trimEnd().length;) {
    const at = token.lastIndex;
    const [found, text, number, name, mark] = token.exec(expression) ?? [];
    if (found === undefined) throw new Error(`"${expression}" is no expression, from character ${at}.`);
    if (text !== undefined) yield { literal: text.replaceAll("''", "'") };
    else if (number !== undefined) yield { literal: Number(number) };
    else if (name !== undefined) yield { name };
    else yield { mark: mark ?? '' };
  }
}
