import { randomUUID } from 'node:crypto';

const noId = '00000000-0000-0000-0000-000000000000';

/** The device of the documentation's example, but for its deviceId. */
const body = JSON.stringify({
  accountEnabled: false,
  alternativeSecurityIds: [{ type: 2, key: 'base64Y3YxN2E1MWFlYw==' }],
  deviceId: noId,
  displayName: 'Test device',
  operatingSystem: 'linux',
  operatingSystemVersion: '1',
});

/** A `POST /v1.0/devices` as bytes, whose deviceId can be exchanged in place. */
export interface CreateRequest {
  readonly bytes: Buffer;
  /** Puts in a new random deviceId; the previous request must have been sent. */
  renew(): void;
}

export function createRequest({ host }: URL): CreateRequest {
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
    renew() {
      bytes.write(randomUUID(), at, 'latin1');
    },
  };
}
