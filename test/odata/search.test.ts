import { searchedWords, wordsOf } from '../../shared/contract/odata/words.ts';
import { read, readPlainly, refusalOf, shownSearch } from './read.ts';

test.each([
  ['"displayName:linux"', 'displayName:LINUX'],
  ['  "displayName: Linux  box "', 'displayName:LINUX+BOX'],
  ['"displayName:a" AND "displayName:b" OR "displayName:c"', '((displayName:A and displayName:B) or displayName:C)'],
  ['"displayName:a" "displayName:b"', '(displayName:A and displayName:B)'],
  ['"displayName:a" AND ("displayName:b" OR "displayName:c")', '(displayName:A and (displayName:B or displayName:C))'],
  ['NOT "displayName:a" AND "displayName:b"', '(not displayName:A and displayName:B)'],
  ['"displayName:a" NOT ("displayName:b")', '(displayName:A and not displayName:B)'],
  ['"displayName:say \\"hi\\" \\\\ there"', 'displayName:SAY+HI+THERE'],
  ['"displayName:a:b"', 'displayName:A+B'],
])('search: %s is understood', ($search, expected) => {
  expect(shownSearch(read({ $search }).search)).toBe(expected);
});

test.each([
  ['', 1, 'in double quotes'],
  ['displayName:linux', 1, 'in double quotes'],
  ['"displayName:a" AND', 20, 'in double quotes'],
  ['"displayName:a" XOR "displayName:b"', 17, 'the end, or another operator'],
  ['("displayName:a"', 17, "')' is expected"],
  ['"displayName:a', 1, 'no closing quote'],
  ['"linux"', 1, 'A clause is written "displayName:text"'],
  ['":linux"', 1, 'A clause is written "displayName:text"'],
  ['"displayName:"', 1, 'Letters or digits are expected'],
  ['"displayName:-*!"', 1, 'Letters or digits are expected'],
])('search: of %j the character %i is at fault', ($search, position, hint) => {
  const refusal = refusalOf(() => read({ $search }));
  expect(refusal).toMatchObject({ code: 'BadRequest', option: '$search' });
  expect(refusal.message).toContain('Invalid search clause: ');
  expect(refusal.hint).toContain(`Character ${position}: `);
  expect(refusal.hint).toContain(hint);
});

test('search: a text of more pieces than anybody writes is refused before it is taken apart', () => {
  const { hint } = refusalOf(() => read({ $search: '('.repeat(1001) }));
  expect(hint).toContain('Character 1001: At most 1000 names, values and signs are read.');
});

test.each(['"displayName:a', "'displayName:a'"])(
  'search: %s is told how a clause is written, not how a filter is',
  ($search) => {
    const { hint } = refusalOf(() => read({ $search }));
    expect(hint).toContain('A clause stands in double quotes: "displayName:text"; a quote within it is written \\".');
    expect(hint).not.toMatch(/single|O''Neill/);
  },
);

test('search: it needs the header, whatever $count says', () => {
  expect(refusalOf(() => readPlainly({ $search: '"displayName:x"', $count: 'true' }))).toMatchObject({
    code: 'Request_UnsupportedQuery',
    message:
      "Request with $search query parameter only works through MSGraph with a special request header: 'ConsistencyLevel: eventual'",
  });
  expect(read({ $search: '"displayName:x"', $count: 'false' })).toMatchObject({
    count: false,
    search: { words: ['X'] },
  });
});

test('search: properties that cannot be searched, or that nobody knows, are named', () => {
  expect(refusalOf(() => read({ $search: '"model:x"' }))).toMatchObject({
    code: 'Request_UnsupportedQuery',
    message: "Unsupported or invalid search clause specified for property 'model' of resource 'Device'.",
    hint: 'Character 1: These can be searched: displayName.',
  });
  expect(refusalOf(() => read({ $search: '"nickname:x"' })).message).toContain("Property 'nickname' does not exist");
  expect(shownSearch(read({ $search: '"mail:x"' }, 'user').search)).toBe('mail:X');
});

test('search: there is a limit to the words, and to the levels', () => {
  const clause = '"displayName:a"';
  const message = ($search: string): string => refusalOf(() => read({ $search })).message;
  expect(message(Array(101).fill(clause).join(' '))).toBe("The query option '$search' exceeds a limit.");
  expect(message(`"displayName:${Array.from({ length: 201 }, (_, n) => `w${n}`).join(' ')}"`)).toContain(
    'exceeds a limit',
  );
  expect(message('('.repeat(26) + clause)).toContain('exceeds a limit');
});

test.each([
  ['hello world', 'HELLO WORLD'],
  ['HelloWorld', 'HELLO WORLD HELLOWORLD'],
  ['HELLOworld', 'HELLOWORLD'],
  ['hello-world.example', 'HELLO WORLD EXAMPLE HELLOWORLDEXAMPLE'],
  ['hello123world', 'HELLO 123 WORLD HELLO123WORLD'],
  ['李四(David Li)', '李四 DAVID 李四DAVID LI'],
  ['straße STRASSE', 'STRASSE'],
  ['ΟΔΟΣ οδος', 'ΟΔΟΣ'],
  ['-- !', ''],
])('words: %j is found by %j', (text, expected) => {
  expect(wordsOf(text).join(' ')).toBe(expected);
});

test('words: a search asks for the parts, so that the whole is found however it is divided', () => {
  expect(searchedWords('Hello-World')).toEqual(['HELLO', 'WORLD']);
  expect(searchedWords('helloworld')).toEqual(['HELLOWORLD']);
});
