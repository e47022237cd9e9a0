import { localApp } from '../../host/app.ts';
import { buildRoutes } from '../../host/routes.ts';
import { StartError } from '../../host/startError.ts';

const tableOf = (routes: Readonly<Record<string, string>>, prefix = '') => {
  const app = localApp();
  for (const [name, route] of Object.entries(routes)) app.http(name, { route, handler: () => ({}) });
  return buildRoutes(app.functions, prefix);
};

test.each([
  ['a/{id', 'there is an unbalanced brace at character 3'],
  ['a/id}', 'there is an unbalanced brace at character 5'],
  ['a/{id}/b/{ID}', 'a parameter name is repeated'],
  ['{*rest}/a', 'a catch-all parameter must come last'],
  ['a{*rest}', 'a catch-all parameter must stand alone in its segment'],
  ['a/b?', 'a literal holds a question mark'],
  ['a//b', 'it has an empty segment ("//")'],
  ['{a}{b}', 'two parameters need text between them'],
  ['{a?}b', 'an optional parameter inside a segment must end it, behind a "."'],
  ['{a=1?}', 'the parameter "a" has a default or is a catch-all, so it cannot be optional'],
  ['{a/b}', 'the parameter "{a/b}" is malformed'],
  ['{id:nosuch}', 'the constraint "nosuch" is unknown'],
])('the route %s keeps the host from starting: %s', (route, reason) => {
  expect(() => tableOf({ probe: route })).toThrow(
    new StartError(`The route "${route}" of function "probe" is malformed: ${reason}.`),
  );
});

test('a regex that cannot be read keeps the host from starting', () => {
  expect(() => tableOf({ probe: '{id:regex([)}' })).toThrow(/^The route .* is malformed: Invalid regular expression/);
});

test('a leading slash keeps the host from starting, but for an empty prefix', () => {
  expect(() => tableOf({ probe: '/a' }, 'api')).toThrow(StartError);
  expect(tableOf({ probe: '/a' }).match('GET', '/a')?.params).toEqual({});
});

test('two names that differ only in case keep the host from starting', () => {
  expect(() => tableOf({ getDevice: 'a', GetDevice: 'b' })).toThrow(
    new StartError('The function names "getDevice" and "GetDevice" differ only in case.'),
  );
});

test('a name registered twice is refused at once', () => {
  const app = localApp();
  app.http('a', { handler: () => ({}) });
  expect(() => {
    app.http('a', { handler: () => ({}) });
  }).toThrow('A function named "a" already exists.');
});

test('functions that the real host puts in error are left out with a reason, the others work', () => {
  const table = tableOf({ units: 'administrativeUnits/{id}', '1st': 'first', one: 'same/x', two: 'SAME/X/' });
  expect(table.rejected).toEqual([
    { name: '1st', reason: expect.stringContaining('a function name is a letter') as string },
    { name: 'two', reason: 'its route and a method belong to function "one"' },
    { name: 'units', reason: 'routes that begin with "admin" or "runtime" belong to the host' },
  ]);
  expect(table.match('GET', '/same/x')?.fn.name).toBe('one');
});

test('a constraint may hold braces, doubled, and slashes and parentheses', () => {
  const table = tableOf({
    a: '{id:regex(^(\\d{{2}}|x/y)$)}',
    b: '{version:regex(^(v1\\.0|beta)$)}/{ref:regex(^\\$ref$)?}',
  });
  expect(table.match('GET', '/12')?.params).toEqual({ id: '12' });
  expect(table.match('GET', '/123')).toBeUndefined();
  expect(table.match('GET', '/v1.0')?.params).toEqual({ version: 'v1.0' });
  expect(table.match('GET', '/BETA/$ref')?.params).toEqual({ version: 'BETA', ref: '$ref' });
  expect(table.match('GET', '/beta/ref')).toBeUndefined();
});
