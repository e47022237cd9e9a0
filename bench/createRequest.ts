import { randomUUID } from 'node:crypto';
import { noId, type PreparedRequest } from './preparedRequest.ts';

/** The device of the documentation's example, but for its deviceId. */
const body = JSON.stringify({
  accountEnabled: false,
  alternativeSecurityIds: [{ type: 2, key: 'base64Y3YxN2E1MWFlYw==' }],
  deviceId: noId,
  displayName: 'Test device',
  operatingSystem: 'linux',
  operatingSystemVersion: '1',
});

/** A `POST /v1.0/devices`; each time with a new random deviceId. */
export function createRequest({ host }: URL): PreparedRequest {
  const head = [
    'POST /v1.0/devices HTTP/1.1',
    `Host: ${host}`,
    'Authorization: Bearer adele',
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
  ];
  const bytes = Buffer.from(`${head.join('\r\n')}\r\n\r\n${body}`);
  const at = bytes.indexOf(noId);
  return {
    bytes,
    success: 201,
    renew() {
      bytes.write(randomUUID(), at, 'latin1');
    },
  };
}
