import { spawnSync } from 'node:child_process';
import { relative, sep } from 'node:path';
import type { Finding } from './syntax.ts';

/** A Bicep compiler that is on this machine. */
export interface Compiler {
  /** What it calls itself, with its version. */
  name: string;
  compile(path: string): Compiled;
}

export interface Compiled {
  /** Errors and warnings alike. */
  findings: Finding[];
  /** Whether an extension could not be fetched, so that the compiler could tell nothing. */
  lacksExtension: boolean;
}

/** How a compiler may be called: by itself, or as part of the Azure CLI. */
const forms = [
  { command: 'bicep', version: ['--version'], build: (path: string) => ['build', path, '--stdout'] },
  { command: 'az', version: ['bicep', 'version'], build: (path: string) => ['bicep', 'build', '--stdout', '-f', path] },
];

/** @returns undefined when neither `bicep` nor `az bicep` is on the PATH */
export function findCompiler(): Compiler | undefined {
  for (const { command, version, build } of forms) {
    const asked = spawnSync(command, version, { encoding: 'utf8' });
    if (asked.status !== 0) continue;
    return {
      name: asked.stdout.trim(),
      compile(path) {
        const { status, stderr } = spawnSync(command, build(path), { encoding: 'utf8', maxBuffer: 2 ** 26 });
        const findings = readDiagnostics(stderr);
        if (status !== 0 && findings.length === 0) throw new Error(`${command} failed on ${path}: ${stderr}`);
        return { findings, lacksExtension: /\bBCP19[02]\b/.test(stderr) };
      },
    };
  }
  return undefined;
}

/** Lines such as `/home/adele/registrar/infra/main.bicep(3,7) : Warning no-unused-params: Parameter "x" is declared but never used.` */
export const readDiagnostics = (text: string): Finding[] =>
  [...text.matchAll(/^(?:WARNING: |ERROR: )?(.+?)\((\d+),\d+\) : ((?:Error|Warning) .+)$/gm)].map(
    ([, path = '', line, message = '']) => ({
      path: relative(process.cwd(), path).split(sep).join('/'),
      line: Number(line),
      message,
    }),
  );
