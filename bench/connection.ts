import { connect, type Socket } from 'node:net';

/** Larger than any answer here, so that one read takes all of it. */
const readBytes = 16 * 1024;

/** What came back: `text` has status line, headers and body, one character for each byte. */
export interface Received {
  readonly status: number;
  readonly text: string;
}

/**
 * A keep-alive connection for one request at a time.
 * It reads of HTTP only what these servers say (a status and a `Content-Length`): an HTTP client costs more than the server.
 */
export class Connection {
  #socket: Socket;
  #text = '';
  #waiting: { answered: (received: Received) => void; lost: (error: Error) => void } | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  /** @throws Error when nobody listens */
  static open({ hostname, port }: URL): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const buffer = Buffer.allocUnsafe(readBytes);
      const socket = connect({
        host: hostname,
        port: Number(port),
        noDelay: true,
        onread: {
          buffer,
          callback(length) {
            connection.#read(buffer.toString('latin1', 0, length));
            return true;
          },
        },
      });
      const connection = new Connection(socket);
      socket.once('connect', () => {
        resolve(connection);
      });
      socket.once('error', (error) => {
        reject(error);
        connection.#waiting?.lost(error);
      });
      socket.once('close', () => {
        connection.#waiting?.lost(new Error('The server closed a connection instead of answering.'));
      });
    });
  }

  /** Sends a request, whose bytes must stay as they are until one of the two is called. */
  send(request: Buffer, answered: (received: Received) => void, lost: (error: Error) => void): void {
    this.#waiting = { answered, lost };
    this.#socket.write(request);
  }

  close(): void {
    this.#waiting = undefined;
    this.#socket.destroy();
  }

  #read(text: string): void {
    this.#text += text;
    const end = this.#text.indexOf('\r\n\r\n');
    if (end === -1) return;
    const length = /\r\ncontent-length: *(\d+)/i.exec(this.#text)?.[1];
    const missing = end + 4 + Number(length) - this.#text.length;
    if (missing > 0) return;
    const received = { status: Number(this.#text.slice(9, 12)), text: this.#text };
    const waiting = this.#waiting;
    this.#text = '';
    this.#waiting = undefined;
    if (missing === 0) waiting?.answered(received);
    else waiting?.lost(new Error(`An answer has no Content-Length, or more bytes than it says:\n${received.text}`));
  }
}
