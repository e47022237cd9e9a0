import { noId, type PreparedRequest } from './preparedRequest.ts';

/**
 * A `GET /v1.0/devices/{id}`; each time of another device.
 * @param ids object ids to choose from at random
 */
export function readRequest({ host }: URL, ids: readonly string[]): PreparedRequest {
  const head = [`GET /v1.0/devices/${noId} HTTP/1.1`, `Host: ${host}`, 'Authorization: Bearer adele'];
  const bytes = Buffer.from(`${head.join('\r\n')}\r\n\r\n`);
  const at = bytes.indexOf(noId);
  return {
    bytes,
    success: 200,
    renew() {
      bytes.write(ids[Math.floor(Math.random() * ids.length)] ?? noId, at, 'latin1');
    },
  };
}
