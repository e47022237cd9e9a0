import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { isGuid } from '../../../contract/guid.ts';
import type { ListedObject, StoreQuery } from '../deviceStore.ts';
import { toBytes, toGuid } from '../guidBytes.ts';
import { demandOn } from './demands.ts';
import { matchText } from './matchText.ts';

/** A search that finds no more devices than this is sorted by itself, not along the index of a property. */
const fewFound = 1000;

export interface Candidates {
  /** The device at a place, or none. */
  at(position: number): readonly ListedObject[];
  /** The only devices that a query can want, where they are few: with certain ids, or found by a narrow search that is sorted. */
  of(query: Omit<StoreQuery, 'top'>): readonly ListedObject[] | undefined;
}

export function candidates(database: DatabaseSync): Candidates {
  const select = 'SELECT rowid AS position, id, json FROM devices';
  const atPosition = database.prepare(`${select} WHERE rowid = ?`);
  const unique = {
    id: database.prepare(`${select} WHERE id = ?`),
    deviceId: database.prepare(`${select} WHERE deviceId = ?`),
  };
  const found = database.prepare('SELECT rowid AS position FROM deviceWords WHERE deviceWords MATCH ? LIMIT ?');
  const at = (position: number): ListedObject[] => listed(atPosition, position);
  return {
    at,
    of({ filter, search, orderby }) {
      for (const path of ['id', 'deviceId'] as const) {
        const guids = demandOn(path, filter)?.keys?.map(String).filter(isGuid);
        if (guids) return guids.flatMap((guid) => listed(unique[path], toBytes(guid)));
      }
      const match = orderby.length > 0 && search ? matchText(search) : undefined;
      if (!match) return undefined;
      const rows = found.all(match.text, fewFound + 1);
      return rows.length > fewFound ? undefined : rows.flatMap(({ position }) => at(Number(position)));
    },
  };
}

const listed = (statement: StatementSync, value: SQLInputValue): ListedObject[] =>
  statement.all(value).map(({ position, id, json }) => ({
    id: toGuid(id),
    type: 'microsoft.graph.device',
    json: String(json),
    position: Number(position),
  }));
