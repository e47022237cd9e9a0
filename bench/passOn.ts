import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * The least that any gateway in Node costs: hands each request to the server at the given address, and its answer back.
 * It looks at nothing. With a number of milliseconds as second argument it is a network: requests arrive that much later.
 * Runs as a process of its own and prints its address as the product does.
 */
const [address = '', delayMs = '0'] = process.argv.slice(2);
const { hostname, port } = new URL(address);
const agent = new Agent({ keepAlive: true });

const server = createServer((incoming, outgoing) => {
  const { method, url: path, headers } = incoming;
  const pass = (): void => {
    const onward = request({ hostname, port, agent, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(onward);
  };
  if (delayMs === '0') pass();
  else setTimeout(pass, Number(delayMs));
});

server.listen(0, '127.0.0.1', () => {
  console.log(`It listens on http://127.0.0.1:${(server.address() as AddressInfo).port} `);
});
