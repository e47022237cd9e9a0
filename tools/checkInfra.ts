import { parseArgs } from 'node:util';
import { checkFolder, isEntry, type Checked } from './infra/checkFolder.ts';
import { findCompiler, type Compiler } from './infra/compiler.ts';

const usage = `Usage: npm run check:infra -- [--folder FOLDER] [--compiler]

Checks the Bicep templates: their syntax, our own rules, and everything else by the Bicep compiler where it is on
the PATH (as bicep or az bicep). Warnings of the compiler are faults.

  --folder FOLDER  where the templates are; default infra
  --compiler       fail as well when something was left unchecked by a compiler
  --help           show this`;

const options = {
  folder: { type: 'string', default: 'infra' },
  compiler: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** @returns the exit code: 0 all is well, 1 something is wrong, or unchecked where it must not be */
async function main(args: string[]): Promise<number> {
  const { values } = parseArgs({ args, options });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const compiler = findCompiler();
  const checked = await checkFolder(values.folder, compiler);
  for (const { path, line, message } of checked.findings) console.error(`${path}:${line} ${message}`);
  const left = checked.templates.filter(isEntry).filter(({ path }) => !checked.compiled.includes(path));
  console.log(summary(checked, compiler));
  for (const { path, extensions } of checked.templates.filter(({ extensions }) => extensions.length > 0)) {
    const lines = extensions.map((name) => `extension ${name}`).join(', ');
    console.log(`Known exception: ${path}, where tree-sitter-bicep cannot read '${lines}'; the rest was read.`);
  }
  for (const { path } of compiler ? left : []) {
    console.log(`Not compiled: ${path}, whose extension could not be fetched.`);
  }
  return checked.findings.length > 0 || (values.compiler && left.length > 0) ? 1 : 0;
}

/** What was checked and what was not, in words that nobody can misread. */
function summary({ templates, findings }: Checked, compiler: Compiler | undefined): string {
  const outcome = `${templates.length} templates, ${findings.length} faults.`;
  return compiler
    ? `${outcome} Checked: syntax (tree-sitter-bicep), our own rules (tools/infra), and all that ${compiler.name} knows.`
    : `${outcome} Checked: syntax (tree-sitter-bicep) and our own rules (tools/infra), no more: there is no Bicep compiler here ` +
        '(bicep or az bicep). Names and types of properties, and the linter, were not checked; the GitHub workflow does that.';
}

process.exitCode = await main(process.argv.slice(2));
