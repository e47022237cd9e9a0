import { request as httpRequest, type Agent } from 'node:http';

/** An answer with its headers as they came. */
export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

export interface Sent {
  method: string;
  path: string;
  headers?: Record<string, string>;
  /** Sent with `Content-Length`, or in chunks. */
  body?: Buffer | string;
  chunked?: boolean;
}

/** Sends exactly what it is told, where `fetch` would correct it. */
export function send(
  base: string,
  { method, path, headers = {}, body = '', chunked = false }: Sent,
  agent?: Agent,
): Promise<Answer> {
  const { hostname, port } = new URL(base);
  const length: Record<string, string | number> = chunked
    ? { 'Transfer-Encoding': 'chunked' }
    : { 'Content-Length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const request = httpRequest({
      hostname,
      port,
      method,
      path,
      headers: { ...headers, ...length },
      ...(agent && { agent }),
    });
    request.on('error', reject);
    request.on('response', (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        });
      });
    });
    request.end(body);
  });
}
