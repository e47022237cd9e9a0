import type { Server, ServerResponse } from 'node:http';
import { duplexPair, type Duplex } from 'node:stream';

/** What node:http says about bytes it could not parse. */
interface ParseError extends Error {
  readonly code?: string;
  readonly rawPacket?: Buffer;
}

const statuses = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', '408 Request Timeout'],
  ['HPE_HEADER_OVERFLOW', '431 Request Header Fields Too Large'],
  ['HPE_INVALID_VERSION', '505 HTTP Version Not Supported'],
]);

/**
 * Answers requests that node:http refuses to parse, each with an empty body on a connection that then closes.
 * Two kinds that the real host takes are written as node:http wants them and parsed again.
 * @param unread answers to requests with a chunked body: the host does not read it, so bad chunks must not spoil them
 */
export function answerRefused(server: Server, unread: WeakMap<Duplex, ServerResponse>): void {
  const parsedAgain = new WeakMap<Duplex, Duplex>();
  server.on('clientError', (error: ParseError, socket) => {
    const pending = unread.get(socket);
    if (pending) {
      pending.shouldKeepAlive = false;
      if (pending.writableEnded) socket.end();
      return;
    }
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const packet = error.rawPacket?.toString('latin1') ?? '';
    const known = parsedAgain.get(socket);
    const repaired = known ? packet : repair(packet);
    if (repaired === undefined) {
      const isUnknownMethod = error.code === 'HPE_INVALID_METHOD' && /^[A-Z]+ \//.test(packet);
      const status = isUnknownMethod ? '404 Not Found' : (statuses.get(error.code ?? '') ?? '400 Bad Request');
      socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      return;
    }
    const [inner, outer] = known ? [undefined, known] : duplexPair();
    if (inner) {
      parsedAgain.set(socket, outer);
      outer.pipe(socket);
      server.emit('connection', inner);
    }
    outer.write(repaired, 'latin1');
  });
}

/** A method in lower case, or a length next to chunked framing, which the real host renames. */
function repair(packet: string): string | undefined {
  const method = /^(?:get|head|post|put|patch|delete|options)(?= )/.exec(packet)?.[0];
  if (method) return method.toUpperCase() + packet.slice(method.length);
  const head = packet.slice(0, packet.indexOf('\r\n\r\n') + 2);
  const isFramedTwice = /\r\ntransfer-encoding: *chunked\r\n/i.test(head) && /\r\ncontent-length: *\d+\r\n/i.test(head);
  if (!isFramedTwice) return undefined;
  return head.replace(/\r\ncontent-length:/i, '\r\nX-Content-Length:') + packet.slice(head.length);
}
