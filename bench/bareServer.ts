import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The yardstick: what node:http costs when it only reads a JSON body and answers with it, or answers a GET with the same few bytes.
 * Runs as a process of its own and prints its address as the product does.
 */
const small = JSON.stringify({ displayName: 'Test device' });

const server = createServer((request, response) => {
  if (request.method === 'GET') {
    response.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': small.length }).end(small);
    return;
  }
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.on('end', () => {
    const text = JSON.stringify(JSON.parse(Buffer.concat(chunks).toString()));
    response
      .writeHead(201, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) })
      .end(text);
  });
});

server.listen(0, '127.0.0.1', () => {
  console.log(`The bare server listens on http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
