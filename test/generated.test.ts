import { spawnSync } from 'node:child_process';

test('what is generated is what the pages and the settings say', () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['tools/generate.ts', '--check'], {
    encoding: 'utf8',
  });
  expect({ status, said: stdout + stderr }).toMatchObject({ status: 0 });
});
