import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { newObjectId } from '../shared/contract/guid.ts';
import { toBytes } from '../shared/directory/emulator/guidBytes.ts';

const systems = ['linux', 'Windows', 'macOS', 'iOS'];
const places = ['office', 'Workshop', 'store', 'Lab'];
const devicesPerTransaction = 10_000;

/** Puts devices into a database that nobody has open, as the emulator keeps them. */
export function seedDevices(path: string, count: number): void {
  const database = new DatabaseSync(path);
  database.exec('PRAGMA synchronous = OFF');
  const insert = database.prepare('INSERT INTO devices (id, deviceId, json) VALUES (?, ?, ?)');
  for (let number = 0; number < count; number += 1) {
    if (number % devicesPerTransaction === 0) database.exec(number === 0 ? 'BEGIN' : 'COMMIT; BEGIN');
    const deviceId = randomUUID();
    const json = JSON.stringify({
      createdDateTime: new Date(Date.UTC(2026, 0, 1) + number * 1000).toISOString().replace('.000', ''),
      accountEnabled: number % 10 !== 0,
      alternativeSecurityIds: [{ type: 2, key: 'Y3YxN2E1MWFlYw==' }],
      deviceId,
      displayName: `${places[number % 4] ?? ''}-${deviceId.slice(0, 6)}`,
      operatingSystem: systems[(number >> 2) % 4],
      operatingSystemVersion: `${number % 50}.0`,
    });
    insert.run(toBytes(newObjectId(Date.now())), toBytes(deviceId), json);
  }
  database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
  database.close();
}
