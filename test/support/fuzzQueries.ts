import fc from 'fast-check';
import { GraphError } from '../../shared/contract/errors.ts';
import { parseQuery } from '../../shared/contract/odata/query.ts';
import { readSkiptoken, writeSkiptoken, type Position } from '../../shared/contract/odata/skiptoken.ts';
import type { StoreQuery } from '../../shared/directory/emulator/deviceStore.ts';
import { ownMs } from './ownMs.ts';

const rightFilters = [
  "displayName eq 'O''Neill' and (accountEnabled eq true or not startsWith(operatingSystem,'lin'))",
  "alternativeSecurityIds/any(x:x/type eq 2 and x/key eq binary'Y3YxN2E1MWFlYw==')",
  "physicalIds/any(p:startsWith(p,'[ZTDID]')) or systemLabels/$count eq 0",
  "id in ('4c299165-6e8f-4b45-a5ba-c5d250a707ff',4c299165-6e8f-4b45-a5ba-c5d250a707fe)",
  'approximateLastSignInDateTime ge 2026-01-15T10:30:00.5+01:00 and displayName ne null',
  "extensionAttributes/extensionAttribute1 eq 'x' or displayName in ('a','b')",
  `physicalIds/any(p:${Array(10).fill("startsWith(p,'[ZTDID]:9-98')").join(' or ')}) and displayName eq 'a b'`,
  `physicalIds/any(p:${Array(10).fill("p ge '[ztdid]:1'").join(' and ')}) and not startsWith(displayName,'x')`,
];
const rightSearches = [
  '"displayName:Hello-World" AND NOT ("displayName:b" OR "displayName:\\"c\\"")',
  '"displayName:a b"',
];

/** Pieces that are put in, among them such as have troubled other readers. */
const piece = fc.oneof(
  fc.constantFrom(
    "'",
    "''",
    '"',
    '\\',
    '(',
    ')',
    ',',
    ':',
    '/',
    '$count',
    ' and ',
    ' or ',
    ' not ',
    ' eq ',
    ' in ',
    'null',
    'any(',
  ),
  fc.constantFrom(
    '%',
    '%zz',
    '&',
    '&$filter=',
    '=',
    '\u0000',
    '🙂',
    '-',
    '.',
    '1',
    '9'.repeat(400),
    '2026-13-01',
    "binary'",
    '__proto__',
  ),
  fc.constantFrom(
    '('.repeat(3000),
    "''".repeat(3000),
    'not '.repeat(500),
    ' '.repeat(3000),
    'a/'.repeat(2000),
    '1-'.repeat(2000),
  ),
  fc.string({ maxLength: 8 }),
);

const mutated = (rights: readonly string[]): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom(...rights),
      fc.array(fc.record({ at: fc.nat(120), cut: fc.nat(6), piece: fc.option(piece, { nil: '' }) }), { maxLength: 4 }),
    )
    .map(([right, changes]) =>
      changes.reduce((text, { at, cut, piece }) => text.slice(0, at) + piece + text.slice(at + cut), right),
    );

const list = { relation: 'devices' };
const plain = parseQuery({ text: '', eventual: true }, 'device');
const place = fc.oneof(fc.nat(5000), fc.jsonValue({ maxDepth: 1 }), fc.constantFrom(2 ** 53, 1e308, -1, 0.5));
const key = fc.oneof(fc.constant(null), fc.jsonValue({ maxDepth: 1 }));
/** Tokens whose digest is right, whatever they hold. */
const forged = fc
  .tuple(key, place)
  .map(([key, position]) => writeSkiptoken({ ...plain, list }, { key, position } as Position));
const rightTokens = [null, 'A', 1].map((key) => writeSkiptoken({ ...plain, list }, { key, position: 3 }));

const query = fc.oneof(
  { weight: 1, arbitrary: fc.oneof(forged, mutated(rightTokens)).map((text) => ['$skiptoken', text] as const) },
  { weight: 2, arbitrary: mutated(rightFilters).map((text) => ['$filter', text] as const) },
  { weight: 1, arbitrary: mutated(rightSearches).map((text) => ['$search', text] as const) },
);

/** The queries that were read, how many were refused, and the longest time that one took by itself, in milliseconds. */
export interface Outcomes {
  read: StoreQuery[];
  refused: number;
  longestMs: number;
}

/** @throws Error at the first query that is met with anything but a 400 about itself */
export async function fuzzQueries(count: number): Promise<Outcomes> {
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 2 ** 31);
  console.log(`fuzz: ${count} queries, seed ${seed}`);
  const outcomes: Outcomes = { read: [], refused: 0, longestMs: 0 };
  for (const [option, text] of fc.sample(query, { seed, numRuns: count })) {
    let found: StoreQuery | undefined;
    const ms = await ownMs(() => {
      const begun = process.threadCpuUsage();
      found = readOrRefused(option, text);
      return process.threadCpuUsage(begun).user / 1000;
    });
    if (found) outcomes.read.push(found);
    else outcomes.refused += 1;
    outcomes.longestMs = Math.max(outcomes.longestMs, ms);
  }
  return outcomes;
}

/** @returns undefined when it is refused as it should be */
function readOrRefused(option: string, text: string): StoreQuery | undefined {
  try {
    const query = parseQuery({ text: `${option}=${encode(text)}&$count=true`, eventual: true }, 'device');
    const after = readSkiptoken({ ...query, list });
    return after ? { ...query, after } : query;
  } catch (thrown) {
    if (thrown instanceof GraphError && thrown.status === 400 && thrown.details.length === 1) return undefined;
    throw new Error(`Not a 400 about ${option}=${text}`, { cause: thrown });
  }
}

/** Half of what callers send is encoded as it should be. */
const encode = (text: string): string => (text.length % 2 === 0 ? encodeURIComponent(text.toWellFormed()) : text);
