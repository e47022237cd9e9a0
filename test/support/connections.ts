import { appendFileSync } from 'node:fs';
import { Socket } from 'node:net';

/**
 * Loaded before an app (`--import`): writes down every address to which the process connects, one a line, into the file
 * `CONNECTIONS_FILE`. Time that nobody waits for passes quickly: a timer of five seconds or more ends after a tenth.
 */
const file = String(process.env.CONNECTIONS_FILE);

Socket.prototype.connect = new Proxy(Socket.prototype.connect, {
  apply(connect, self, args: [unknown]) {
    const [first] = (Array.isArray(args[0]) ? args[0] : args) as [{ host?: string; path?: string } | string | number];
    const { host, path } = typeof first === 'object' ? first : { host: String(first), path: undefined };
    appendFileSync(file, `${path ?? host ?? 'localhost'}\n`);
    return Reflect.apply(connect, self, args) as Socket;
  },
});

globalThis.setTimeout = new Proxy(globalThis.setTimeout, {
  apply(wait, self, [callback, ms, ...rest]: [() => void, number | undefined]) {
    return Reflect.apply(wait, self, [callback, ms !== undefined && ms >= 5000 ? 100 : ms, ...rest]);
  },
});
