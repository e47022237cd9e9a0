import { readFileSync } from 'node:fs';
import { releaseNotes } from '../../tools/changelog.ts';

const changelog = `# Changelog

## [Unreleased]

## [1.1.0] - 2026-03-01

### Added

- Something.

## [1.0.0] - 2026-01-01

- The first.
`;

test('release notes are the section of the version, also when it is called by its tag', () => {
  expect(releaseNotes(changelog, '1.1.0')).toBe('### Added\n\n- Something.');
  expect(releaseNotes(changelog, 'v1.0.0')).toBe('- The first.');
});

test('a version without a section, or with nothing in it, has no release notes', () => {
  expect(() => releaseNotes(changelog, '1.1')).toThrow('no section [1.1]; it has Unreleased, 1.1.0, 1.0.0.');
  expect(() => releaseNotes(changelog, 'Unreleased')).toThrow('says nothing of Unreleased');
});

test('the changelog of this project is one that release notes can be taken from', () => {
  expect(releaseNotes(readFileSync('CHANGELOG.md', 'utf8'), 'Unreleased')).toContain('### Added');
});
