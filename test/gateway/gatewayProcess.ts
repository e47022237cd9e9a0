import { openHost } from '../support/openHost.ts';

/**
 * A gateway in a process of its own, which trusts the certificate in `NODE_EXTRA_CA_CERTS`: Node reads that only at its start.
 * Arguments: its settings as JSON, and the origin that stands for every login service. What it logs goes to standard output.
 */
const [settings = '{}', authority = ''] = process.argv.slice(2);

const target = await openHost(JSON.parse(settings) as Record<string, string>, console.log, {
  fetch(input, init) {
    const { pathname, search } = new URL(input instanceof Request ? input.url : input);
    return fetch(authority + pathname + search, init);
  },
});
process.on('disconnect', () => void target.stop());
process.send?.(target.base);
