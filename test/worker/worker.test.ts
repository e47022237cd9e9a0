import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { send } from '../support/send.ts';
import { openWorker } from './openWorker.ts';

/** Starts the app with more code at the end of its entry point. */
const openWith = (code: string) =>
  openWorker(
    { EMULATOR_STORE: 'memory' },
    {
      prepare(folder) {
        appendFileSync(join(folder, 'main.js'), code);
      },
    },
  );

/** Code that runs in the course of every call. */
const duringCalls = (code: string): string =>
  `\nrequire('@azure/functions-core').registerHook('preInvocation', () => { ${code} });\n`;

test.each([
  ['a rejection that nobody handles', "void Promise.reject(new Error('on its own'))"],
  ['an error that is thrown outside of any call', "setTimeout(() => { throw new Error('on its own') })"],
])('%s ends the worker, and its target says so', async (_what, code) => {
  const worker = await openWith(duringCalls(code));
  await send(worker.base, { method: 'GET', path: '/health' }).catch(() => undefined);
  expect(await worker.ended).toBe(1);
  await expect(worker.stop()).rejects.toThrow(/ended with 1:[^]*on its own/);
});

test('an error that escapes a call is an empty answer with 500, and does not pass', async () => {
  const worker = await openWith(duringCalls("throw new Error('not for the caller')"));
  const answer = await send(worker.base, { method: 'GET', path: '/health' });
  expect(answer).toMatchObject({ status: 500, text: '' });
  await expect(worker.stop()).rejects.toThrow('not for the caller');
});

test('an app that says something unexpected does not pass', async () => {
  const worker = await openWith("\nconsole.log('by the way');\n");
  await expect(worker.stop()).rejects.toThrow('by the way');
});

test('an app that throws while it is loaded does not start', async () => {
  await expect(openWith("\nthrow new Error('at load')\n")).rejects.toThrow(/did not start:[^]*at load/);
});

test('an app without the file that its package.json names does not start', async () => {
  const prepare = (folder: string): void => {
    writeFileSync(join(folder, 'package.json'), '{ "type": "module", "main": "src/{index,main}.js" }');
  };
  await expect(openWorker({}, { prepare })).rejects.toThrow('no file that matches its "main", src/{index,main}.js');
});
