import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { usersIn, UnusableUsers } from '../../shared/directory/emulator/usersFile.ts';

const folder = mkdtempSync(join(tmpdir(), 'registrar-users-'));
const path = join(folder, 'users.json');
afterAll(() => rmSync(folder, { recursive: true }));

const adele = { userPrincipalName: 'adele@contoso.example' };

function mistakesOf(content: unknown): string[] {
  writeFileSync(path, JSON.stringify(content));
  try {
    usersIn(path);
  } catch (error) {
    if (!(error instanceof UnusableUsers)) throw error;
    return error.message.split('\n').map((line) => line.replace(`EMULATOR_USERS: ${path} `, ''));
  }
  return [];
}

test('users: what a file says of a user is of the types that Graph’s users have, and further names may be anything', () => {
  expect(
    mistakesOf([
      { ...adele, displayName: null, jobTitle: 'x', businessPhones: ['1'], accountEnabled: true, shoes: 42 },
    ]),
  ).toEqual([]);
  expect(
    mistakesOf([{ ...adele, displayName: 5, mail: ['a'], businessPhones: [1], accountEnabled: 'yes', surname: {} }]),
  ).toEqual([
    'has a mistake in user 1: displayName is not text or null.',
    'has a mistake in user 1: mail is not text or null.',
    'has a mistake in user 1: businessPhones is not a list of text.',
    'has a mistake in user 1: accountEnabled is not true or false or null.',
    'has a mistake in user 1: surname is not text or null.',
  ]);
});

test('users: annotations of answers are no properties', () => {
  expect(mistakesOf([{ ...adele, '@odata.type': '#microsoft.graph.user', 'mail@odata.x': 1 }])).toEqual([
    "has a mistake in user 1: '@odata.type' is no property: such names belong to answers.",
    "has a mistake in user 1: 'mail@odata.x' is no property: such names belong to answers.",
  ]);
});

test('users: of entries without a name nothing is said but that', () => {
  const missing = "userPrincipalName is missing, or no name such as 'adele@contoso.com'.";
  expect(mistakesOf([{}, null, { id: 'x' }])).toEqual([
    `has a mistake in user 1: ${missing}`,
    `has a mistake in user 2: ${missing}`,
    `has a mistake in user 3: ${missing}`,
    'has a mistake in user 3: id is no GUID.',
  ]);
});

test('users: a name that is there twice is named, in whatever case', () => {
  expect(mistakesOf([adele, { ...adele, id: '7f0c5b1e-0b7e-4c35-9f4b-0d5d6a7b8c9d' }])).toEqual([
    "has a mistake in user 2: 'adele@contoso.example' belongs to user 1 already.",
  ]);
});

test('users: a file without any user is refused', () => {
  expect(mistakesOf([])).toEqual(['names no user; without EMULATOR_USERS there is everybody who is mentioned.']);
});
