import type { DatabaseSync } from 'node:sqlite';
import { keyOf, valueAt } from '../../../contract/odata/keys.ts';
import { resources, type Collection } from '../../../contract/odata/model.ts';
import type { Field, Key } from '../../../contract/odata/syntax.ts';
import { wordsText } from '../../../contract/odata/words.ts';
import { toGuid } from '../guidBytes.ts';
import { columns } from './toSql.ts';

const { properties, collections } = resources.device;
const columnFields: readonly Field[] = columns.map((path) => properties.get(path) ?? { path, type: 'string' });
const otherFields: readonly Field[] = [...properties.values()].filter(
  ({ path, filter }) => filter.size > 0 && !columns.includes(path),
);
const otherCollections: readonly Collection[] = [...collections.values()].filter(({ filter }) => filter.size > 0);

/** Changes when an index that was made before no longer says what a new one would; the letters of Unicode are part of it. */
const form = JSON.stringify([
  1,
  process.versions.unicode,
  [...columnFields, ...otherFields].map(({ path, type }) => [path, type]),
  otherCollections.map(({ path, fields }) => [path, ...fields]),
]);

/** Milliseconds of one slice: the commit after it takes two or three times as long, since each device changes pages far apart. */
const sliceMs = 4;
/** Devices that are read at a time. */
const rowsAtATime = 50;

/** What queries look into: the keys of every device. */
export interface DeviceIndex {
  /** Empties an index of another form. */
  prepare(): void;
  /** The place of the newest device that the index does not know; 0 when it knows all. */
  behind(): number;
  /** Takes in newer devices, for one slice; @returns whether there are more of them up to a place */
  catchUp(target: number): boolean;
  /** Takes in a changed device, where the index knew it. */
  replace(position: number, id: string, json: string): void;
}

export function deviceIndex(database: DatabaseSync): DeviceIndex {
  const insert = database.prepare(
    `INSERT INTO deviceIndex (position, ${columns.join(', ')}, others, words)
     VALUES (?, ${columns.map(() => '?').join(', ')}, ?, ?)`,
  );
  const insertWords = database.prepare('INSERT INTO deviceWords (rowid, words) VALUES (?, ?)');
  const remove = database.prepare('DELETE FROM deviceIndex WHERE position = ?');
  const removeWords = database.prepare('DELETE FROM deviceWords WHERE rowid = ?');
  const selectNewer = database.prepare(
    `SELECT rowid AS position, id, json FROM devices
     WHERE rowid > ifnull((SELECT max(position) FROM deviceIndex), 0) ORDER BY rowid LIMIT ${rowsAtATime}`,
  );
  const selectNewest = database.prepare(
    `SELECT max(rowid) AS position FROM devices WHERE rowid > ifnull((SELECT max(position) FROM deviceIndex), 0)`,
  );
  const selectForm = database.prepare('SELECT form FROM deviceIndexForm');
  const updateForm = database.prepare('UPDATE deviceIndexForm SET form = ?');

  const add = (position: number, id: string, json: string): void => {
    const values = { ...(JSON.parse(json) as object), id };
    const name = valueAt(values, 'displayName');
    const words = typeof name === 'string' ? wordsText(name) : '';
    insert.run(position, ...columnFields.map((field) => keyOf(field, values)), othersText(values), words);
    if (words !== '') insertWords.run(position, words);
  };

  return {
    prepare() {
      if (selectForm.get()?.form === form) return;
      database.exec("DELETE FROM deviceIndex; INSERT INTO deviceWords (deviceWords) VALUES ('delete-all')");
      updateForm.run(form);
    },
    behind: () => Number(selectNewest.get()?.position ?? 0),
    catchUp(target) {
      const end = performance.now() + sliceMs;
      do {
        const rows = selectNewer.all();
        for (const { position, id, json } of rows) add(Number(position), toGuid(id), String(json));
        if (rows.length < rowsAtATime || Number(rows.at(-1)?.position) >= target) return false;
      } while (performance.now() < end);
      return true;
    },
    replace(position, id, json) {
      if (remove.run(position).changes === 0) return;
      removeWords.run(position);
      add(position, id, json);
    },
  };
}

/** The keys of the fields that have no column, as far as they have a value. */
function othersText(values: object): string {
  const others: Record<string, Key | unknown[]> = {};
  for (const field of otherFields) {
    const key = keyOf(field, values);
    if (key !== null) others[field.path] = key;
  }
  for (const { path, fields } of otherCollections) {
    const items = valueAt(values, path);
    if (Array.isArray(items) && items.length > 0) others[path] = items.map((item) => itemKeys(item, fields));
  }
  return JSON.stringify(others);
}

function itemKeys(item: unknown, fields: Collection['fields']): unknown {
  const single = fields.get('');
  if (single) return keyOf(single, item);
  return Object.fromEntries([...fields].map(([name, field]) => [name, keyOf(field, item)]));
}
