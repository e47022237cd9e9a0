import { randomInt } from 'node:crypto';
import { Agent } from 'node:http';
import { linuxBox } from './devices.ts';
import { send, type Answer } from './send.ts';
import { startApp } from './startApp.ts';

/** What the last answer about a device promised; what was asked and never answered promises nothing. */
type Promised = 'created' | 'changed' | 'deleted';

/**
 * Creates, changes and deletes devices from several callers at once, kills the app (`kill -9`) at a random moment, starts it again and
 * asks for everything that was answered.
 * @returns how many devices were answered, and those that are not as their last answer promised
 */
export async function killWhileWriting(dataDir: string, runs: number): Promise<{ answered: number; wrong: string[] }> {
  let answered = 0;
  const wrong: string[] = [];
  for (let run = 0; run < runs; run += 1) {
    const app = await startApp({ DATA_DIR: dataDir });
    const promised = new Map<string, Promised>();
    const callers = Array.from({ length: 16 }, () => writeUntilItEnds(app.base, promised));
    setTimeout(() => app.process.kill('SIGKILL'), randomInt(50, 500));
    await Promise.all(callers);
    await app.stop();

    const again = await startApp({ DATA_DIR: dataDir });
    for (const [id, last] of promised) {
      const found = await fetch(`${again.base}/v1.0/devices/${id}`, { headers: { authorization: 'Bearer adele' } });
      const { displayName } = (await found.json()) as { displayName?: string };
      const isRight = last === 'deleted' ? found.status === 404 : found.status === 200;
      if (!isRight || (last === 'changed' && displayName !== changedName)) wrong.push(`${id} was ${last}`);
    }
    await again.stop();
    answered += promised.size;
  }
  return { answered, wrong };
}

const changedName = 'Changed';

/** Of three devices one is left as it was created, one is changed, and one is changed and deleted. */
async function writeUntilItEnds(base: string, promised: Map<string, Promised>): Promise<void> {
  const agent = new Agent({ keepAlive: true });
  const headers = { authorization: 'Bearer adele', 'content-type': 'application/json' };
  const ask = async (status: number, method: string, path: string, content?: object): Promise<Answer> => {
    const body = content && JSON.stringify(content);
    const answer = await send(base, { method, path, headers, ...(body !== undefined && { body }) }, agent);
    if (answer.status !== status) throw new Error(`unexpected answer ${answer.status} ${answer.text}`);
    return answer;
  };
  try {
    for (let count = 0; ; count += 1) {
      const { text } = await ask(201, 'POST', '/v1.0/devices', linuxBox());
      const { id } = JSON.parse(text) as { id: string };
      promised.set(id, 'created');
      if (count % 3 === 0) continue;
      await ask(204, 'PATCH', `/v1.0/devices/${id}`, { displayName: changedName });
      promised.set(id, 'changed');
      if (count % 3 === 1) continue;
      promised.delete(id); // Until it is answered, it may be there or not.
      await ask(204, 'DELETE', `/v1.0/devices/${id}`);
      promised.set(id, 'deleted');
    }
  } catch (error) {
    if (!isConnectionLost(error)) throw error;
  }
}

const isConnectionLost = (error: unknown): boolean =>
  ['ECONNRESET', 'ECONNREFUSED', 'EPIPE'].includes(String((error as NodeJS.ErrnoException).code));
