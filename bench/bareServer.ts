import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The yardstick: what node:http costs when it only reads a JSON body and answers with it.
 * Runs as a process of its own and prints its address as the product does.
 */
const server = createServer((request, response) => {
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
