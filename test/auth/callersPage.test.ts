import { readFileSync } from 'node:fs';
import { operations } from '../../shared/api.ts';
import { directoryRoles } from '../../shared/contract/directoryRoles.ts';
import { settings } from '../../shared/config/settings.ts';

const page = readFileSync('docs/callers.md', 'utf8');

test('docs/callers.md names every permission that a caller may need, every role and every way to know a caller', () => {
  const permissions = operations.flatMap(({ permissions: { delegated, application } }) => [
    ...delegated,
    ...application,
  ]);
  for (const name of [...permissions, ...settings.AUTH_MODE.choices]) expect(page).toContain(`\`${name}\``);
  for (const role of Object.keys(directoryRoles)) expect(page).toContain(`_${role}_`);
});

test('docs/callers.md names only settings that there are', () => {
  const named = [...page.matchAll(/`((?:ENTRA|AUTH)_[A-Z_]+)/g)].map(([, name]) => name);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name = '') => !(name in settings))).toEqual([]);
});
