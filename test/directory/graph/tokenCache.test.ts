import { GraphError } from '../../../shared/contract/errors.ts';
import { tokenCache, type AccessToken, type FetchToken } from '../../../shared/directory/graph/tokenCache.ts';

const minute = 60_000;
const start = Date.parse('2026-01-15T09:30:00Z');

/** A cache with a clock that the test moves, and an authority whose tokens are good for an hour. */
function setUp(options: { maxTokens?: number; lifetimeMs?: number; refreshAfterMs?: number } = {}) {
  const { lifetimeMs = 60 * minute, refreshAfterMs, maxTokens = 1000 } = options;
  const clock = { time: start };
  const lines: string[] = [];
  const asked: (string | undefined)[] = [];
  let fail: Error | undefined;
  const fetch: FetchToken = (claims) => {
    asked.push(claims);
    if (fail) return Promise.reject(fail);
    const token: AccessToken = { token: `token-${asked.length}`, expiresAt: clock.time + lifetimeMs };
    return Promise.resolve(refreshAfterMs === undefined ? token : { ...token, refreshAt: clock.time + refreshAfterMs });
  };
  const cache = tokenCache({ now: () => new Date(clock.time), warn: (line) => lines.push(line), maxTokens });
  return {
    clock,
    lines,
    asked,
    get: (claims?: string, key = 'key') => cache.get(key, fetch, claims),
    getFor: (key: string) => cache.get(key, fetch),
    failWith: (error: Error | undefined) => void (fail = error),
    getBy: (own: FetchToken, claims?: string) => cache.get('key', own, claims),
  };
}

/** Lets what happens in the background happen. */
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('a hundred callers at once ask for one token, and the next ones for none', async () => {
  const { get, asked } = setUp();
  const tokens = await Promise.all(Array.from({ length: 100 }, () => get()));
  expect(new Set(tokens)).toEqual(new Set(['token-1']));
  expect(await get()).toBe('token-1');
  expect(asked).toHaveLength(1);
});

test('a token is renewed five minutes before its end, once, while callers go on with the old one', async () => {
  const { get, asked, clock } = setUp();
  await get();
  clock.time += 55 * minute - 1;
  expect(await get()).toBe('token-1');
  expect(asked).toHaveLength(1);
  clock.time += 1;
  expect(await Promise.all([get(), get(), get()])).toEqual(['token-1', 'token-1', 'token-1']);
  await settle();
  expect(await get()).toBe('token-2');
  expect(asked).toHaveLength(2);
});

test('a token is renewed when the authority would like it, if that is earlier', async () => {
  const { get, clock } = setUp({ lifetimeMs: 24 * 60 * minute, refreshAfterMs: 12 * 60 * minute });
  await get();
  clock.time += 12 * 60 * minute;
  expect(await get()).toBe('token-1');
  await settle();
  expect(await get()).toBe('token-2');
});

test('a short-lived token is renewed at half of its life, and not with every request', async () => {
  const { get, asked, clock } = setUp({ lifetimeMs: 3 * minute });
  await get();
  await get();
  await settle();
  expect(asked).toHaveLength(1);
  clock.time += 1.5 * minute;
  await get();
  await settle();
  expect(await get()).toBe('token-2');
});

test('nobody gets a token that may be too old when it arrives', async () => {
  const { get, clock } = setUp();
  await get();
  clock.time += 60 * minute - 30_000;
  expect(await get()).toBe('token-2');
});

test('an authority that gives the same token again is asked again after half a minute', async () => {
  const { getBy, clock } = setUp();
  let asked = 0;
  const same: FetchToken = () => {
    asked += 1;
    return Promise.resolve({ token: 'same', expiresAt: start + 60 * minute, refreshAt: start + 30 * minute });
  };
  await getBy(same);
  clock.time += 31 * minute;
  await getBy(same);
  await settle();
  await getBy(same);
  expect(asked).toBe(2);
  clock.time += 30_000;
  await getBy(same);
  expect(asked).toBe(3);
});

test('a renewal that fails is told and tried again after half a minute, while the old token is used', async () => {
  const { get, asked, clock, lines, failWith } = setUp();
  await get();
  clock.time += 56 * minute;
  failWith(new GraphError('serviceNotAvailable', 'No.', { cause: new Error('login.contoso.com cannot be reached') }));
  expect(await get()).toBe('token-1');
  await settle();
  expect(await get()).toBe('token-1');
  expect(asked).toHaveLength(2);
  expect(lines).toEqual(['A token for Microsoft Graph could not be renewed yet: login.contoso.com cannot be reached']);
  failWith(undefined);
  clock.time += 30_000;
  expect(await get()).toBe('token-1');
  await settle();
  expect(await get()).toBe('token-3');
});

test("that a user's token cannot be renewed is between the user and the authority, and not in the log", async () => {
  const { get, clock, lines, failWith } = setUp();
  await get();
  clock.time += 56 * minute;
  failWith(new GraphError('Authorization_RequestDenied', 'No.'));
  expect(await get()).toBe('token-1');
  await settle();
  expect(lines).toEqual([]);
});

test('a failure reaches everybody who waits, and is forgotten', async () => {
  const { get, asked, failWith } = setUp();
  failWith(new Error('no'));
  const results = await Promise.allSettled([get(), get(), get()]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(asked).toHaveLength(1);
  failWith(undefined);
  expect(await get()).toBe('token-2');
});

test('a challenge drops the token: a hundred challenged callers ask once, with the claims, and all others use the new one', async () => {
  const { get, asked } = setUp();
  await get();
  const challenged = Array.from({ length: 100 }, () => get('claims'));
  const others = [get(), get()];
  expect(new Set(await Promise.all([...challenged, ...others]))).toEqual(new Set(['token-2']));
  expect(await get()).toBe('token-2');
  expect(asked).toEqual([undefined, 'claims']);
});

test('whoever brings the same challenge a little later gets the token that answered it, and long after that a new one', async () => {
  const { get, asked, clock } = setUp();
  await get();
  expect(await get('claims')).toBe('token-2');
  clock.time += 9_999;
  expect(await get('claims')).toBe('token-2');
  expect(await get('other claims')).toBe('token-3');
  clock.time += 10_000;
  expect(await get('other claims')).toBe('token-4');
  expect(asked).toEqual([undefined, 'claims', 'other claims', 'other claims']);
});

test('a renewal that was under way when a challenge came does not bring the refused kind of token back', async () => {
  const { getBy } = setUp();
  const answers = new Map<string | undefined, (token: AccessToken) => void>();
  const slow: FetchToken = (claims) => new Promise((resolve) => answers.set(claims, resolve));
  const first = getBy(slow);
  const challenged = getBy(slow, 'claims');
  const expiresAt = start + 60 * minute;
  answers.get('claims')?.({ token: 'with claims', expiresAt });
  expect(await challenged).toBe('with claims');
  answers.get(undefined)?.({ token: 'without', expiresAt });
  expect(await first).toBe('without');
  expect(await getBy(slow)).toBe('with claims');
});

test('after a challenge that could not be answered the refused token is not used again', async () => {
  const { get, asked, failWith } = setUp();
  await get();
  failWith(new Error('no'));
  await expect(get('claims')).rejects.toThrow('no');
  failWith(undefined);
  expect(await get()).toBe('token-3');
  expect(asked).toEqual([undefined, 'claims', undefined]);
});

test('the cache holds so many tokens and no more; the one not used for longest goes', async () => {
  const { getFor, asked } = setUp({ maxTokens: 2 });
  await getFor('adele');
  await getFor('bob');
  await getFor('adele');
  await getFor('carol');
  expect(asked).toHaveLength(3);
  expect(await getFor('adele')).toBe('token-1');
  expect(asked).toHaveLength(3);
  expect(await getFor('bob')).toBe('token-4');
});

test('a token that is being asked for is never given up: more users at once than there is room for ask once each', async () => {
  const { getFor, asked } = setUp({ maxTokens: 10 });
  const users = Array.from({ length: 11 }, (_, index) => `user-${index}`);
  const first = users.map(getFor);
  await Promise.all([...first, ...users.map(getFor)]);
  expect(asked).toHaveLength(11);
  await getFor('one more');
  expect(await getFor('user-10')).toBe('token-11');
  await getFor('user-0');
  expect(asked).toHaveLength(13);
});
