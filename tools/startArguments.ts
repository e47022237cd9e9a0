import { readFileSync } from 'node:fs';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
const [, ...startArguments] = scripts.start.split(' ');

/** The flags that `npm start` gives to `node`: limits of its memory. */
export const startFlags: readonly string[] = startArguments.slice(0, -1);
/** The built app that it starts. */
export const startedFile = String(startArguments.at(-1));
