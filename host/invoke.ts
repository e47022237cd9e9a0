import type { IncomingMessage } from 'node:http';
import { inspect } from 'node:util';
import { failure, toAnswer, type Answer } from './answer.ts';
import { LocalRequest } from './httpRequest.ts';
import { LocalContext } from './invocationContext.ts';
import type { RouteMatch } from './routes.ts';
import type { Target } from './target.ts';

/** Source: azure-functions-host src/WebJobs.Script/ScriptConstants.cs */
const maxBodyBytes = 104_857_600;

/** Runs a function on a request; whatever goes wrong is logged, and the client gets `failure`. */
export async function invoke(
  { fn, params }: RouteMatch,
  target: Target,
  request: IncomingMessage,
  log: (line: string) => void,
): Promise<Answer> {
  try {
    const body = await readBody(request);
    const context = new LocalContext(fn.name, log);
    return await toAnswer(await fn.handler(new LocalRequest(request, target, params, body), context));
  } catch (thrown) {
    log(`Function "${fn.name}" failed: ${inspect(thrown)}`);
    return failure;
  }
}

/**
 * The whole body, or undefined when a handler does not get one: a chunked one is lost, and so is that of a GET.
 * Never settles when the client goes away before the end.
 * @throws RangeError above 100 MiB, without reading it
 */
function readBody(request: IncomingMessage): Promise<Buffer<ArrayBuffer>> | undefined {
  const length = Number(request.headers['content-length'] ?? 0);
  if (length > maxBodyBytes) throw new RangeError(`The body has ${length} bytes; the limit is ${maxBodyBytes}.`);
  if (length === 0 || request.method === 'GET' || request.method === 'HEAD') return undefined;
  return new Promise((resolve) => {
    const chunks: Buffer<ArrayBuffer>[] = [];
    request.on('data', (chunk: Buffer<ArrayBuffer>) => chunks.push(chunk));
    request.on('end', () => {
      const [first] = chunks;
      resolve(first && chunks.length === 1 ? first : Buffer.concat(chunks));
    });
  });
}
