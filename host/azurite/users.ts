import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive } from './azuriteProcess.ts';

/** The apps that use the Azurite of one folder; each is a file named after its process. */
export interface Users {
  join(): void;
  /** @returns whether others are left; those whose process has ended do not count */
  leave(): boolean;
}

export function usersOf(folder: string): Users {
  const place = join(folder, 'users');
  mkdirSync(place, { recursive: true });
  const self = `${process.pid}-${randomUUID()}`;
  return {
    join() {
      writeFileSync(join(place, self), '');
    },
    leave() {
      rmSync(join(place, self), { force: true });
      const gone = readdirSync(place).filter((name) => !isAlive(parseInt(name, 10)));
      for (const name of gone) rmSync(join(place, name), { force: true });
      return readdirSync(place).length > 0;
    },
  };
}
