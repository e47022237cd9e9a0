import { dirname, join } from 'node:path';
import type { BicepFile } from './bicepFile.ts';
import type { Finding } from './syntax.ts';

/** What gives a template its parameters: a parameter file, or another template that uses it as a module. */
interface Giver {
  path: string;
  line: number;
  given: readonly string[];
}

/** Every parameter that is given must be declared, and every one that is required must be given. */
export function parameterFaults({ path, line, given }: Giver, { declared, path: taker }: BicepFile): Finding[] {
  const parameters = declared.filter(({ kind }) => kind === 'param');
  const unknown = given.filter((name) => !parameters.some((parameter) => parameter.name === name));
  const missing = parameters.filter(({ isRequired, name }) => isRequired && !given.includes(name));
  return [
    ...unknown.map((name) => ({ path, line, message: `${taker} has no parameter ${name}.` })),
    ...missing.map(({ name }) => ({ path, line, message: `${taker} needs the parameter ${name}.` })),
  ];
}

/** @param text of a parameter file, whose template has the same name. @throws SyntaxError when it is no JSON */
export const parameterFile = (path: string, text: string): Giver => ({
  path,
  line: 1,
  given: Object.keys((JSON.parse(text) as { parameters?: object }).parameters ?? {}),
});

/** The same for every module that a template uses. */
export const moduleFaults = (file: BicepFile, all: readonly BicepFile[]): Finding[] =>
  file.modules.flatMap(({ path, line, given }) => {
    const taker = all.find((other) => other.path === join(dirname(file.path), path));
    return taker ? parameterFaults({ path: file.path, line, given }, taker) : [];
  });
