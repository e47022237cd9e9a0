import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bicepFile, type BicepFile } from './bicepFile.ts';
import type { Compiler } from './compiler.ts';
import { moduleFaults, parameterFaults, parameterFile } from './parameters.ts';
import { rules } from './rules.ts';
import { loadGrammar, syntaxFaults, type Finding } from './syntax.ts';

export interface Checked {
  templates: BicepFile[];
  findings: Finding[];
  /** Templates about which a compiler said something. */
  compiled: string[];
}

/** Checks every template and parameter file of a folder: syntax, our own rules and, where there is one, by a compiler. */
export async function checkFolder(folder: string, compiler?: Compiler): Promise<Checked> {
  const parse = await loadGrammar();
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .toSorted();
  const templates = paths
    .filter((path) => path.endsWith('.bicep'))
    .map((path) => bicepFile(path, readFileSync(path, 'utf8'), parse));
  const findings = templates.flatMap((file) => [
    ...syntaxFaults(file.path, file.root),
    ...rules.flatMap((rule) => rule(file, existsSync)),
    ...moduleFaults(file, templates),
  ]);
  if (templates.length === 0) findings.push({ path: folder, line: 1, message: 'There is no template here.' });
  for (const path of paths.filter((name) => name.endsWith('.parameters.json'))) {
    const template = templates.find((file) => file.path === path.replace(/\.parameters\.json$/, '.bicep'));
    findings.push(
      ...(template
        ? parameterFaults(parameterFile(path, readFileSync(path, 'utf8')), template)
        : [{ path, line: 1, message: 'There is no template of the same name.' }]),
    );
  }
  const results = compiler ? templates.filter(isEntry).map(({ path }) => ({ path, ...compiler.compile(path) })) : [];
  const compiled = results.filter(({ lacksExtension }) => !lacksExtension);
  findings.push(...compiled.flatMap((result) => result.findings));
  return { templates, findings: unique(findings), compiled: compiled.map(({ path }) => path) };
}

/** Whether somebody deploys it: modules are compiled with the templates that use them. */
export const isEntry = ({ path }: BicepFile): boolean => !/(^|[\\/])modules[\\/]/.test(path);

/** A module that several templates use is reported once. */
const unique = (findings: readonly Finding[]): Finding[] => [
  ...new Map(findings.map((finding) => [JSON.stringify(finding), finding])).values(),
];
