import { existsSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { derive } from './derive/derive.ts';
import { apply, compare, readPages } from './derive/folder.ts';
import { PageErrors, toLine } from './derive/pageErrors.ts';

const usage = `Usage: npm run generate -- [--from FOLDER] [--out FOLDER] [--check]

Derives operations, schemas, types, validators and examples from reference pages; without --from also
docs/settings.md, docs/errors.md, the README's table of settings and the connector from the values in the code.

  --from FOLDER  pages, with those in all folders below (.md, .txt); default docs
  --out FOLDER   where the generated files go; default shared/contract/generated
  --check        write nothing; name each file that is stale, missing or superfluous, and fail if there is one
  --help         show this`;

const root = fileURLToPath(new URL('..', import.meta.url));
const ownPages = join(root, 'docs');
const options = {
  from: { type: 'string', default: ownPages },
  out: { type: 'string', default: join(root, 'shared/contract/generated') },
  check: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** @returns the exit code: 0 all is well, 1 pages or files are not as they should be, 2 wrong use */
async function main(args: string[]): Promise<number> {
  const { check, from, help, out } = parseArgs({ args, options }).values;
  if (help) {
    console.log(usage);
    return 0;
  }
  if (!statSync(from, { throwIfNoEntry: false })?.isDirectory()) {
    console.error(`There is no folder ${from}.`);
    return 2;
  }
  if (statSync(out, { throwIfNoEntry: false })?.isFile()) {
    console.error(`${out} is a file; a folder is needed.`);
    return 2;
  }
  const { warnings, ...derived } = derive(await readPages(from), (path) => existsSync(join(from, path)));
  for (const warning of warnings) console.error(toLine(warning, 'warning: '));
  const { examples, operations, schemas } = derived;
  if (operations.size + schemas.size === 0) {
    console.error(`No page in ${from} describes an operation or a resource.`);
    return 1;
  }
  // What writes types and validators takes longer to load than the pages to read; only good pages need it.
  const { render } = await import('./derive/render.ts');
  if (!check) console.log(`Operations: ${operations.size}, schemas: ${schemas.size}, examples: ${examples.length}.`);
  const isCurrent = [await bring(out, await render(derived), check)];
  if (from === ownPages) {
    // Reads what has just been written.
    const { valuePages } = await import('./valuePages.ts');
    isCurrent.push(await bring(root, await valuePages(root), check));
  }
  return isCurrent.every(Boolean) ? 0 : 1;
}

/** Writes files into a folder or, when asked to check only, names those that differ; @returns whether all is well now */
async function bring(folder: string, files: ReadonlyMap<string, string>, check: boolean): Promise<boolean> {
  const differences = await compare(folder, files);
  const place = relative(process.cwd(), folder) || '.';
  if (check) {
    for (const { path, kind } of differences) console.error(`${kind}: ${place}/${path}`);
    console.log(
      `${files.size} files belong in ${place}; ${differences.length} differ from what they are derived from.`,
    );
    return differences.length === 0;
  }
  await apply(folder, differences, files);
  console.log(`${differences.length} of ${files.size} files in ${place} changed.`);
  return true;
}

const isWrongUse = (thrown: unknown): thrown is Error =>
  thrown instanceof Error && 'code' in thrown && String(thrown.code).startsWith('ERR_PARSE_ARGS');

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (thrown) {
  if (isWrongUse(thrown)) {
    console.error(`${thrown.message}\n\n${usage}`);
    process.exitCode = 2;
  } else if (thrown instanceof PageErrors) {
    console.error(thrown.message);
    process.exitCode = 1;
  } else {
    throw thrown;
  }
}
