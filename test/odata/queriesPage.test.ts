import { readFileSync } from 'node:fs';
import { parseQuery } from '../../shared/contract/odata/query.ts';
import { read, readPlainly, refusalOf } from './read.ts';

const page = readFileSync('docs/queries.md', 'utf8');

const examples = [...page.matchAll(/```http\nGET \/v1\.0\/devices\?(.+)\n(?:(ConsistencyLevel: eventual)\n)?```/g)].map(
  ([, text = '', header]) => ({ text, eventual: header !== undefined }),
);

test('docs/queries.md shows queries that are understood as they stand', () => {
  expect(examples.length).toBeGreaterThan(5);
  for (const example of examples) expect(parseQuery(example, 'device')).toBeDefined();
});

test('docs/queries.md says of refused queries what they are told', () => {
  const rows = [...page.matchAll(/^\| [^|]+ \| `(\w+)` +\| `(.+?)` *\|$/gm)].map(([, code = '', message = '']) => ({
    code,
    message,
  }));
  const refusals = [
    refusalOf(() => read({ $filter: "displayName qe 'x'" })),
    refusalOf(() => read({ $filter: 'displayName eq 2' })),
    refusalOf(() => read({ $filter: "nickname eq 'x'" })),
    refusalOf(() => read({ $filter: "model eq 'x'" })),
    refusalOf(() => readPlainly({ $filter: "displayName ne 'x'" })),
    refusalOf(() => readPlainly({ $orderby: 'displayName' })),
    refusalOf(() => readPlainly({ $search: '"displayName:x"' })),
    refusalOf(() => readPlainly({}, 'device', 'count')),
    refusalOf(() => read({ $select: 'nickname' })),
    refusalOf(() => read({ $filter: Array(51).fill('isManaged eq true').join(' and ') })),
    refusalOf(() => read({ $top: '1000' })),
    refusalOf(() => read({ $skip: '1' })),
  ];
  expect(rows).toHaveLength(refusals.length);
  rows.forEach(({ code, message }, index) => {
    expect(refusals[index]?.code).toBe(code);
    expect(refusals[index]?.message.slice(0, message.length)).toBe(message);
  });
});
