/** Says whether a parameter's value is acceptable; `argument` is the text between the constraint's parentheses. */
type Test = (value: string, argument: string) => boolean;

const integer = (value: string): bigint | undefined =>
  /^\s*[+-]?\d+\s*$/.test(value) ? BigInt(value.trim().replace(/^\+/, '')) : undefined;

const integerOf = (bits: number) => (value: string) => {
  const number = integer(value);
  return number !== undefined && BigInt.asIntN(bits, number) === number;
};

const compared = (fits: (number: bigint, limits: bigint[]) => boolean) => (value: string, argument: string) => {
  const number = integer(value);
  return number !== undefined && fits(number, argument.split(',').map(BigInt));
};

const lengthOf = (fits: (length: number, limits: number[]) => boolean) => (value: string, argument: string) =>
  fits(value.length, argument.split(',').map(Number));

const isFloat: Test = (value) => /^\s*[+-]?(?:(?:\d[\d,]*\.?\d*|\.\d+)(?:e[+-]?\d+)?|NaN|Infinity|∞)\s*$/i.test(value);
const isFile: Test = (value) => /\..*[^.]/s.test(value.slice(value.lastIndexOf('/') + 1));

/** The inline constraints of ASP.NET Core. Source: aspnetcore src/Http/Routing/src/RouteOptions.cs and Constraints/. */
const tests = new Map<string, Test>([
  ['alpha', (value) => /^[a-z]*$/i.test(value)],
  ['bool', (value) => /^\s*(?:true|false)\s*$/i.test(value)],
  ['datetime', (value) => /\d/.test(value) && !Number.isNaN(Date.parse(value))],
  ['decimal', (value) => /^\s*[+-]?(?:\d[\d,]*\.?\d*|\.\d+)[+-]?\s*$/.test(value)],
  ['double', isFloat],
  ['file', isFile],
  ['float', isFloat],
  ['guid', (value) => /^\s*(?:[{(]?[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}[)}]?|[\da-f]{32})\s*$/i.test(value)],
  ['int', integerOf(32)],
  ['length', lengthOf((length, [least = 0, most = least]) => length >= least && length <= most)],
  ['long', integerOf(64)],
  ['max', compared((number, [most = 0n]) => number <= most)],
  ['maxlength', lengthOf((length, [most = 0]) => length <= most)],
  ['min', compared((number, [least = 0n]) => number >= least)],
  ['minlength', lengthOf((length, [least = 0]) => length >= least)],
  ['nonfile', (value, argument) => !isFile(value, argument)],
  ['range', compared((number, [least = 0n, most = 0n]) => number >= least && number <= most)],
  ['required', (value) => value !== ''],
]);

/**
 * The test behind `name(argument)` in a route parameter; names ignore case.
 * A regex is unanchored and ignores case, as in the real host.
 * @throws Error when there is no such constraint or the regex cannot be read
 */
export function constraint(name: string, argument: string): (value: string) => boolean {
  if (name.toLowerCase() === 'regex') {
    const pattern = new RegExp(argument, 'i');
    return (value) => pattern.test(value);
  }
  const test = tests.get(name.toLowerCase());
  if (!test) throw new Error(`the constraint "${name}" is unknown`);
  return (value) => test(value, argument);
}
