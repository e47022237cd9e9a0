import { readFileSync } from 'node:fs';
import { releaseNotes } from './changelog.ts';

const [version] = process.argv.slice(2);
if (!version) throw new Error('Usage: node tools/releaseNotes.ts VERSION');
console.log(releaseNotes(readFileSync('CHANGELOG.md', 'utf8'), version));
