import { odata, type TableClient, type TableEntity, type TableEntityResult } from '@azure/data-tables';
import type { Job } from '../job.ts';
import type { DoneRange, JobTable, Turns } from '../stores.ts';
import { once, unlessRefused } from './errors.ts';

/**
 * State of jobs in one table. A job has a partition of its own: itself (`job`) and its ranges that are done (`range-…`). The partitions
 * `list` (newest first) and `active` lead to jobs, and `turns` holds the pace.
 */
export function tableJobs(table: TableClient): { jobs: JobTable; turns: Turns } {
  const made = once(() => table.createTable());
  const insert = async (entity: TableEntity): Promise<boolean> => {
    await made();
    return unlessRefused(
      table.createEntity(entity).then(() => true),
      [409],
      false,
    );
  };
  const replace = async (entity: TableEntity, etag: string): Promise<boolean> =>
    unlessRefused(
      table.updateEntity(entity, 'Replace', { etag }).then(() => true),
      [404, 412],
      false,
    );
  const find = async (partitionKey: string, rowKey: string): Promise<TableEntityResult<Columns> | undefined> => {
    await made();
    return unlessRefused(table.getEntity<Columns>(partitionKey, rowKey), [404], undefined);
  };
  const query = async function* (filter: string, pageSize = 1000): AsyncGenerator<TableEntityResult<Columns>> {
    await made();
    for await (const page of table
      .listEntities<Columns>({ queryOptions: { filter } })
      .byPage({ maxPageSize: pageSize })) {
      yield* page;
    }
  };

  const jobs: JobTable = {
    insert: (job) => insert(toEntity(job)),

    async find(id) {
      const entity = await find(id, 'job');
      return entity && { job: JSON.parse(String(entity.state)) as Job, etag: entity.etag };
    },

    replace: (job, etag) => replace(toEntity(job), etag),

    async announce({ id, createdAt, creator }) {
      await made();
      await table.upsertEntity({
        partitionKey: 'list',
        rowKey: newestFirst(createdAt, id),
        id,
        creator: creator ?? '',
      });
      await table.upsertEntity({ partitionKey: 'active', rowKey: id });
    },

    async retire(id) {
      await unlessRefused(table.deleteEntity('active', id), [404], undefined);
    },

    async list(creator, top, after = '') {
      const mine = creator === undefined ? '' : odata` and creator eq ${creator}`;
      const found: { rowKey: string; job: Job }[] = [];
      for await (const { rowKey = '', id } of query(
        odata`PartitionKey eq 'list' and RowKey gt ${after}` + mine,
        top + 1,
      )) {
        const stored = await jobs.find(String(id));
        if (stored) found.push({ rowKey, job: stored.job });
        if (found.length > top) break;
      }
      const last = found[top - 1];
      return {
        jobs: found.slice(0, top).map(({ job }) => job),
        ...(found.length > top && last && { next: last.rowKey }),
      };
    },

    async *active() {
      for await (const { rowKey } of query(odata`PartitionKey eq 'active'`)) yield String(rowKey);
    },

    addRange: (job, { range, counts }) => insert({ partitionKey: job, rowKey: rangeKey(range), ...counts }),

    hasRange: async (job, range) => (await find(job, rangeKey(range))) !== undefined,

    async dropRange(job, range) {
      await unlessRefused(table.deleteEntity(job, rangeKey(range)), [404], undefined);
    },

    async *doneRanges(job) {
      const ofRanges = odata`PartitionKey eq ${job} and RowKey ge 'range-' and RowKey lt 'range.'`;
      for await (const entity of query(ofRanges)) yield toDoneRange(entity);
    },
  };

  const turns: Turns = {
    async read() {
      const entity = await find('turns', 'writes');
      return { at: Number(entity?.at ?? 0), etag: entity?.etag };
    },
    write(at, etag) {
      // As text: a number that happens to be whole would be kept as 32 bits.
      const entity = { partitionKey: 'turns', rowKey: 'writes', at: String(at) };
      return etag === undefined ? insert(entity) : replace(entity, etag);
    },
  };

  return { jobs, turns };
}

/** What stands in an entity beside its keys. */
type Columns = Record<string, unknown>;

/** The state is one text, which this app alone reads; what people look for stands beside it. */
const toEntity = (job: Job): TableEntity => ({
  partitionKey: job.id,
  rowKey: 'job',
  v: job.v,
  status: job.status,
  creator: job.creator ?? '',
  state: JSON.stringify(job),
});

/** Keys are in the order of their text: with the time counted down, the newest is the first. */
const newestFirst = (createdAt: string, id: string): string =>
  `${String(latest - Date.parse(createdAt)).padStart(14, '0')}-${id}`;
const latest = 99_999_999_999_999;

const rangeKey = (range: number): string => `range-${String(range).padStart(8, '0')}`;

const toDoneRange = ({
  rowKey,
  created,
  unchanged,
  rejected,
  notAttempted,
}: TableEntityResult<Columns>): DoneRange => ({
  range: Number(rowKey?.slice('range-'.length)),
  counts: {
    created: Number(created),
    unchanged: Number(unchanged),
    rejected: Number(rejected),
    notAttempted: Number(notAttempted),
  },
});
