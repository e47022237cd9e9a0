import { GraphError } from '../../shared/contract/errors.ts';
import { notAnswering } from '../../shared/directory/graph/breaker.ts';
import { NoAnswer } from '../../shared/directory/graph/noAnswer.ts';
import { reasonOf } from '../../shared/telemetry/reason.ts';

test('a failure is told in one line, with what each of its causes says', () => {
  const refused = Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' });
  const broken = new Error('connect\nfailed', { cause: refused });
  expect(reasonOf(notAnswering(5, new NoAnswer(false, broken)))).toBe(
    'NoAnswer: Microsoft Graph did not answer. <- Error: connect failed <- AggregateError: ECONNREFUSED',
  );
  expect(reasonOf(notAnswering(5))).toBe('GraphError: Microsoft Graph does not answer. Try again later.');
  expect(reasonOf(notAnswering(5, 'a text'))).toBe('a text');
});

test('of what nobody expected the line says also where it happened', () => {
  const error = new GraphError('generalException', 'No.', { cause: new TypeError('x is undefined') });
  expect(reasonOf(error)).toMatch(/^TypeError: x is undefined \( at .*reason\.test\.ts:\d+:\d+\)?.*$/);
  expect(reasonOf(error)).not.toContain('\n');
});

test('a line has an end, also where errors are causes of each other', () => {
  const error = new Error('x'.repeat(600));
  error.cause = error;
  expect(reasonOf(notAnswering(5, error))).toHaveLength(1000);
});
