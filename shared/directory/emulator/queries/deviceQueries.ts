import type { DatabaseSync } from 'node:sqlite';
import type { Position } from '../../../contract/odata/skiptoken.ts';
import type { StorePage, StoreQuery } from '../deviceStore.ts';
import { candidates } from './candidates.ts';
import { deviceIndex } from './deviceIndex.ts';
import { planOf } from './plan.ts';
import { countObjects, queryObjects } from './queryObjects.ts';
import { slices, type ReadSlice } from './slices.ts';
import { turn } from './turns.ts';

/** Rows that are counted at a time where all of them count. */
const countedAtOnce = 10_000;

/** Slices of indexing after which the log is copied: a log that grows faster would in the end hold up every write. */
const slicesPerCopy = 20;

/** The list and the number of devices, and what keeps their index right. */
export interface DeviceQueries {
  list(query: StoreQuery): Promise<StorePage>;
  count(query: Pick<StoreQuery, 'filter' | 'search'>): Promise<number>;
  /** Takes a changed device into the index; part of the transaction that changes it. */
  replace(position: number, id: string, json: string): void;
}

/**
 * @param write runs a change in a transaction; the promise resolves after its commit
 * @param copyLog copies what was written from the log into the file
 */
export function deviceQueries(
  database: DatabaseSync,
  write: <T>(change: () => T) => Promise<T>,
  copyLog: () => Promise<void>,
): DeviceQueries {
  const index = deviceIndex(database);
  const few = candidates(database);
  const countAll = database.prepare('SELECT count(*) AS count FROM devices');
  let isPrepared = false;

  /** The index then knows every device that was there when the query came. */
  async function catchUp(): Promise<void> {
    if (!isPrepared) await write(() => index.prepare());
    isPrepared = true;
    const target = index.behind();
    for (let slice = 1; target > 0 && (await write(() => index.catchUp(target))); slice += 1) {
      await (slice % slicesPerCopy === 0 ? copyLog() : turn());
    }
  }

  const readRows: ReadSlice<Position[]> = ({ sql, params }, limit) => {
    const rows = database.prepare(sql).all(...params, limit) as unknown as (Position & { wanted: number })[];
    return {
      value: rows.filter(({ wanted }) => wanted === 1).map(({ key, position }) => ({ key, position })),
      end: rows.length === limit ? rows.at(-1) : undefined,
    };
  };

  const readCount: ReadSlice<number> = ({ sql, params }, limit) => {
    const count = database.prepare(
      `WITH slice AS MATERIALIZED (${sql}) SELECT count(*) AS seen, total(wanted) AS wanted,
         (SELECT position FROM slice LIMIT 1 OFFSET ?) AS position, (SELECT key FROM slice LIMIT 1 OFFSET ?) AS key
       FROM slice`,
    );
    const { seen, wanted, position, key } = count.get(...params, limit, limit - 1, limit - 1) as unknown as Position & {
      seen: number;
      wanted: number;
    };
    return { value: wanted, end: seen === limit ? { key, position } : undefined };
  };

  return {
    async list(query) {
      await catchUp();
      const candidates = few.of(query);
      if (candidates) return queryObjects(candidates, query);
      const wanted: Position[] = [];
      for await (const positions of slices(planOf(query), query.after, readRows, query.top + 1)) {
        wanted.push(...positions);
        if (wanted.length > query.top) break;
      }
      const page = wanted.slice(0, query.top);
      const last = page.at(-1);
      return {
        objects: page.flatMap(({ position }) => few.at(position)),
        ...(last && wanted.length > query.top && { next: last }),
      };
    },

    async count(query) {
      if (!query.filter && !query.search) return Number(countAll.get()?.count);
      await catchUp();
      const candidates = few.of({ ...query, orderby: [] });
      if (candidates) return countObjects(candidates, query);
      let count = 0;
      for await (const wanted of slices(planOf({ ...query, orderby: [] }), undefined, readCount, countedAtOnce)) {
        count += wanted;
      }
      return count;
    },

    replace: index.replace,
  };
}
