import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { template } from './templates.ts';

const file = 'infra/main.parameters.json';
const { parameters } = JSON.parse(readFileSync(file, 'utf8')) as { parameters: Record<string, { value: unknown }> };
const workflow = readFileSync('.github/workflows/deploy.yml', 'utf8');
const { env } = parse(workflow) as { env: { PARAMETERS: string } };
const [handedOver, ...replaced] = env.PARAMETERS.replaceAll(/\$\{\{.*?\}\}/g, '')
  .trim()
  .split(/\s+/);

/** Parameters that the file may leave out, with the reason. */
const leftOut = { cloud: "its default follows from Azure's own cloud, which the template asks for" };

test('every parameter of the template has its value in the file, so that no deployment returns one to its default', async () => {
  const { declared } = await template(readFileSync('infra/main.bicep', 'utf8'), 'infra/main.bicep');
  const names = declared.filter(({ kind }) => kind === 'param').map(({ name }) => name);
  expect([...Object.keys(parameters), ...Object.keys(leftOut)].sort()).toEqual(names.sort());
});

test('the workflow hands over the file of azd, and itself says what azd fills in, and nothing else', () => {
  expect(handedOver).toBe(`@${file}`);
  const filledIn = Object.entries(parameters).filter(([, { value }]) => String(value).startsWith('${'));
  expect(replaced.map((text) => text.split('=')[0]).sort()).toEqual(filledIn.map(([name]) => name).sort());
  const deployments = workflow.split('\n').filter((line) => line.includes('--parameters'));
  expect(deployments).toHaveLength(2);
  for (const line of deployments) expect(line).toContain('--parameters $PARAMETERS');
});
