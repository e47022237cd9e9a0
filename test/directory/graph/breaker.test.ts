import { RestError } from '@azure/core-rest-pipeline';
import { GraphError } from '../../../shared/contract/errors.ts';
import { breaker } from '../../../shared/directory/graph/breaker.ts';

/** A breaker with a clock that the test moves. */
function setUp() {
  const clock = { time: Date.parse('2026-01-15T09:30:00Z') };
  const circuit = breaker(() => new Date(clock.time));
  const silence = (): Promise<never> => Promise.reject(Object.assign(new RestError('silence'), { reached: true }));
  const answer = (): Promise<string> => Promise.resolve('answer');
  const guarded = (send: () => Promise<unknown>): Promise<unknown> =>
    circuit.guard(send).catch((error: unknown) => error);
  const fall = async (): Promise<void> => {
    for (let count = 0; count < 20; count += 1) await guarded(silence);
  };
  return { clock, circuit, silence, answer, guarded, fall };
}

/** Of an error that says to come back later, in seconds. */
const retryAfter = (thrown: unknown): number =>
  thrown instanceof GraphError && thrown.status === 503 ? Number(thrown.headers['Retry-After']) : NaN;

test('after twenty calls without an answer nothing is sent for five seconds, and whoever waits is told', async () => {
  const { clock, circuit, answer, guarded, fall, silence } = setUp();
  const { waiting } = circuit;
  for (let count = 0; count < 19; count += 1) await guarded(silence);
  expect([await guarded(answer), waiting.aborted]).toEqual(['answer', false]);
  await fall();
  expect([waiting.aborted, retryAfter(waiting.reason)]).toEqual([true, 5]);
  const send = jest.fn(answer);
  clock.time += 3000;
  expect(retryAfter(await guarded(send))).toBe(2);
  expect(send).not.toHaveBeenCalled();
});

test('then a single call finds out, for which the others do not wait', async () => {
  const { clock, circuit, answer, guarded, fall } = setUp();
  await fall();
  clock.time += 5000;
  let reply: (text: string) => void = () => undefined;
  const trial = circuit.guard(() => new Promise<string>((resolve) => (reply = resolve)));
  expect(circuit.waiting.aborted).toBe(false);
  clock.time += 60_000; // However long it takes.
  for (let count = 0; count < 3; count += 1) expect(retryAfter(await guarded(answer))).toBe(5);
  reply('there');
  expect(await trial).toBe('there');
  expect(await guarded(answer)).toBe('answer');
});

test('a trial without an answer begins the pause anew, whoever made the trial included', async () => {
  const { clock, circuit, answer, guarded, fall, silence } = setUp();
  await fall();
  clock.time += 5000;
  await guarded(silence);
  expect([circuit.waiting.aborted, retryAfter(await guarded(answer))]).toEqual([true, 5]);
  clock.time += 5000;
  expect(await guarded(answer)).toBe('answer');
});

test('an answer of which nothing can be made is one, and a call that was never sent says nothing', async () => {
  const { answer, guarded, silence } = setUp();
  const unreadable = (): Promise<never> =>
    Promise.reject(new GraphError('generalException', 'Unreadable.', { status: 502 }));
  const neverSent = (): Promise<never> => Promise.reject(new GraphError('serviceNotAvailable', 'No connection.'));
  for (let count = 0; count < 19; count += 1) await guarded(silence);
  await guarded(unreadable);
  for (let count = 0; count < 19; count += 1) await guarded(silence);
  for (let count = 0; count < 5; count += 1) await guarded(neverSent);
  expect(await guarded(answer)).toBe('answer');
});

test('one answer that was under way ends the pause', async () => {
  const { circuit, answer, guarded, fall } = setUp();
  let reply: (text: string) => void = () => undefined;
  const slow = circuit.guard(() => new Promise<string>((resolve) => (reply = resolve)));
  await fall();
  reply('late');
  await slow;
  expect([await guarded(answer), circuit.waiting.aborted]).toEqual(['answer', false]);
});

test('at the end of the app nothing more is sent', async () => {
  const { circuit, answer, guarded } = setUp();
  const { waiting } = circuit;
  circuit.stop();
  expect([retryAfter(waiting.reason), retryAfter(await guarded(answer))]).toEqual([1, 1]);
});
