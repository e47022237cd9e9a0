import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { toKey } from '../../shared/contract/odata/keys.ts';
import { resources } from '../../shared/contract/odata/model.ts';
import type { Expression, Field, Order, SearchExpression, ValueType } from '../../shared/contract/odata/syntax.ts';
import { searchedWords } from '../../shared/contract/odata/words.ts';

/** A device as a store keeps it, with the ids that it is kept by. */
export interface KeptDevice {
  id: string;
  deviceId: string;
  json: string;
}

const { properties, collections } = resources.device;

/** Texts that often begin alike, and differ by case, language or position in Unicode. */
const text = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.string({
      unit: fc.constantFrom('a', 'A', 'b', 'ß', 'ς', 'Σ', 'İ', 'ı', '-', ' ', '1'),
      maxLength: 5,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'linux',
      'Linux',
      'linus',
      'linuxbox',
      'linusbox',
      'Hello-World',
      'helloWorld 12',
      "O'Neill",
      '',
      '%',
      '_',
      '"*"',
      'ﬀ',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      '\u0000',
      'a\u0000b',
      '\ud800',
      '\udc00a',
      '\uffff',
      '\u{10ffff}',
      '\u{1f600}',
      '\ue000',
      '\ud7ff',
    ),
  },
);
const instant = fc.constantFrom(
  '2026-01-15T09:30:00Z',
  '2026-01-15T10:30:00+01:00',
  '2017-01-01T00:00:34.0507931+03:00',
  '2016-12-31T21:00:34.05Z',
  '2030-06-01',
);
const values: Record<ValueType, fc.Arbitrary<unknown>> = {
  string: text,
  boolean: fc.boolean(),
  number: fc.integer({ min: -1, max: 3 }),
  instant,
  binary: fc.constantFrom('Y3YxN2E1MWFlYw==', 'Y3YxN2E1MWFlYw', 'AA-_', 'AA+/', 'aa+/'),
};
const id = fc.integer({ min: 10, max: 60 }).map((number) => `0b2c4d6e-${number}aa-7000-8000-00000000abcd`);
const deviceIdOf = (id: string): string => `f${id.slice(1)}`;
const names: Record<string, fc.Arbitrary<unknown>> = { id, deviceId: id.map(deviceIdOf) };
const valueOf = ({ path, type }: Field): fc.Arbitrary<unknown> => names[path] ?? values[type];
const filterable = [...properties.values()].filter(({ filter, orderby }) => filter.size > 0 || orderby);

const item = (fields: ReadonlyMap<string, Field>): fc.Arbitrary<unknown> => {
  const single = fields.get('');
  if (single) return valueOf(single);
  return fc.record(Object.fromEntries([...fields].map(([name, field]) => [name, fc.option(valueOf(field))])));
};

/** A device of which any property may have a value or none. */
const keptDevice: fc.Arbitrary<KeptDevice> = fc
  .record({
    values: fc.record(
      Object.fromEntries(
        filterable
          .filter(({ path }) => path !== 'id' && path !== 'deviceId' && !path.includes('/'))
          .map((property) => [property.path, fc.option(valueOf(property))]),
      ),
      { requiredKeys: [] },
    ),
    extensionAttributes: fc.option(fc.record({ extensionAttribute1: fc.option(text), extensionAttribute2: text })),
    collections: fc.record(
      Object.fromEntries(
        [...collections.values()].map(({ path, fields }) => [path, fc.array(item(fields), { maxLength: 3 })]),
      ),
      { requiredKeys: [] },
    ),
    id,
  })
  .map(({ values, extensionAttributes, collections, id }) => ({
    id,
    deviceId: deviceIdOf(id),
    json: JSON.stringify({ ...values, ...collections, extensionAttributes, deviceId: deviceIdOf(id) }),
  }));

/** Devices with ids of their own. */
export const keptDevices: fc.Arbitrary<KeptDevice[]> = fc.uniqueArray(keptDevice, {
  minLength: 1,
  maxLength: 25,
  selector: (device) => device.id,
});

const comparison = (fields: readonly Field[]): fc.Arbitrary<Expression> =>
  fc.constantFrom(...fields).chain(({ path, type }) => {
    const field = { path, type };
    const key = valueOf(field).map((value) => toKey(type, value));
    const textKey = fc
      .oneof(
        text,
        valueOf(field).map((value) => String(value).slice(0, 12)),
      )
      .map((value) => String(toKey('string', value)));
    const forms: fc.Arbitrary<Expression>[] = [
      fc.record({
        kind: fc.constant('compare' as const),
        operator: fc.constantFrom('gt', 'ge', 'lt', 'le'),
        field: fc.constant(field),
        key,
      }),
      fc.record({
        kind: fc.constant('compare' as const),
        operator: fc.constantFrom('eq', 'ne'),
        field: fc.constant(field),
        key: fc.oneof(key, fc.constant(null)),
      }),
      fc.record({
        kind: fc.constant('in' as const),
        field: fc.constant(field),
        keys: fc.uniqueArray(key, { minLength: 1, maxLength: 3 }),
      }),
    ];
    if (type === 'string') {
      const kind = fc.constantFrom('startsWith', 'endsWith', 'contains');
      forms.push(fc.record({ kind, field: fc.constant(field), key: textKey }));
    }
    return fc.oneof(...forms);
  });

/** Two comparisons of one text, often with the same one: the ends of a range. */
const range: fc.Arbitrary<Expression> = fc
  .record({
    path: fc.constantFrom('displayName', 'operatingSystem'),
    keys: fc.array(fc.constantFrom('A', 'LINUX', 'LINUXBOX'), { minLength: 2, maxLength: 2 }),
    operators: fc.array(fc.constantFrom('gt', 'ge', 'lt', 'le'), { minLength: 2, maxLength: 2 }),
  })
  .map(({ path, keys: [one = '', other = ''], operators: [first = 'gt', second = 'le'] }) => {
    const field: Field = { path, type: 'string' };
    return {
      kind: 'and',
      operands: [
        { kind: 'compare', operator: first, field, key: one },
        { kind: 'compare', operator: second, field, key: other },
      ],
    };
  });

const joined = (operand: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> =>
  fc.oneof(
    fc.record({ kind: fc.constantFrom('and', 'or'), operands: fc.array(operand, { minLength: 2, maxLength: 3 }) }),
    operand.map((inner): Expression => ({ kind: 'not', operand: inner })),
  );

const aboutItems: fc.Arbitrary<Expression> = fc.constantFrom(...collections.values()).chain(({ path, fields }) => {
  const one = comparison([...fields.values()]);
  return fc.oneof(
    fc.oneof(one, joined(one)).map((condition): Expression => ({ kind: 'any', collection: path, condition })),
    fc.constant<Expression>({ kind: 'empty', collection: path }),
  );
});

/** Any filter on devices, also such as Graph does not serve. */
export const filter: fc.Arbitrary<Expression> = fc.letrec<{ any: Expression; leaf: Expression }>((tie) => ({
  leaf: fc.oneof({ weight: 4, arbitrary: comparison(filterable) }, { weight: 1, arbitrary: aboutItems }),
  any: fc.oneof({ maxDepth: 3, depthSize: 'small' }, tie('leaf'), joined(tie('any')), range),
})).any;

const words: fc.Arbitrary<SearchExpression> = fc
  .oneof(text, fc.constantFrom('linux', 'linus', 'linuxb', 'hello w', 'hellow'))
  .map(searchedWords)
  .filter((found) => found.length > 0)
  .map((found) => ({ kind: 'words', property: 'displayName', words: found }));

export const search: fc.Arbitrary<SearchExpression> = fc.letrec<{ any: SearchExpression }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 2, depthSize: 'small' },
    words,
    fc.record({ kind: fc.constantFrom('and', 'or'), operands: fc.array(tie('any'), { minLength: 2, maxLength: 3 }) }),
    tie('any').map((operand): SearchExpression => ({ kind: 'not', operand })),
  ),
})).any;

export const order: fc.Arbitrary<Order> = fc.record({
  field: fc.constantFrom(...filterable.filter(({ orderby }) => orderby)).map(({ path, type }) => ({ path, type })),
  descending: fc.boolean(),
});

/** A device whose other properties have no value. */
export const plainDevice = (values: object): KeptDevice => {
  const deviceId = randomUUID();
  return { id: randomUUID(), deviceId, json: JSON.stringify({ deviceId, ...values }) };
};
