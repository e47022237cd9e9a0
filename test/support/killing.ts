import { randomInt } from 'node:crypto';
import { Agent } from 'node:http';
import { linuxBox } from './devices.ts';
import { send, type Answer } from './send.ts';
import { startApp } from './startApp.ts';

/**
 * Creates devices from several callers at once, kills the app (`kill -9`) at a random moment, starts it again and asks for
 * everything that was answered 201.
 * @returns how many devices were answered, and the ids of those that are missing
 */
export async function killWhileCreating(
  dataDir: string,
  runs: number,
): Promise<{ answered: number; missing: string[] }> {
  let answered = 0;
  const missing: string[] = [];
  for (let run = 0; run < runs; run += 1) {
    const app = await startApp({ DATA_DIR: dataDir });
    const ids: string[] = [];
    const callers = Array.from({ length: 16 }, () => createUntilItEnds(app.base, ids));
    setTimeout(() => app.process.kill('SIGKILL'), randomInt(50, 500));
    await Promise.all(callers);
    await app.stop();

    const again = await startApp({ DATA_DIR: dataDir });
    for (const id of ids) {
      const found = await fetch(`${again.base}/v1.0/devices/${id}`, { headers: { authorization: 'Bearer adele' } });
      await found.arrayBuffer();
      if (found.status !== 200) missing.push(id);
    }
    await again.stop();
    answered += ids.length;
  }
  return { answered, missing };
}

async function createUntilItEnds(base: string, ids: string[]): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  const headers = { authorization: 'Bearer adele', 'content-type': 'application/json' };
  for (;;) {
    let answer: Answer;
    try {
      const body = JSON.stringify(linuxBox());
      answer = await send(base, { method: 'POST', path: '/v1.0/devices', headers, body }, agent);
    } catch (error) {
      if (isConnectionLost(error)) return;
      throw error;
    }
    if (answer.status !== 201) throw new Error(`unexpected answer ${answer.status} ${answer.text}`);
    ids.push((JSON.parse(answer.text) as { id: string }).id);
  }
}

const isConnectionLost = (error: unknown): boolean =>
  ['ECONNRESET', 'ECONNREFUSED', 'EPIPE'].includes(String((error as NodeJS.ErrnoException).code));
