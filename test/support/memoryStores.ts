import type { Job } from '../../shared/bulk/job.ts';
import { wholeOf } from '../../shared/bulk/lines.ts';
import type { DoneRange, Stores } from '../../shared/bulk/stores.ts';

/** Stores of jobs in memory, and what they hold. */
export interface MemoryStores extends Stores {
  contents: Map<string, Buffer>;
  /** Messages in the order in which they become visible. */
  messages: { message: Record<string, unknown>; delaySeconds: number }[];
}

/** Stores of jobs in memory, with the promises of the real ones: what is changed at the same time is refused. */
export function memoryStores(): MemoryStores {
  const contents = new Map<string, Buffer>();
  const jobs = new Map<string, { json: string; etag: number }>();
  const active = new Set<string>();
  const listed = new Set<string>();
  const ranges = new Map<string, Map<number, DoneRange>>();
  const messages: MemoryStores['messages'] = [];
  const turn = { at: 0, etag: 0 };
  let etags = 0;
  const parse = (json: string): Job => JSON.parse(json) as Job;

  return {
    contents,
    messages,
    files: {
      async put(path, content) {
        contents.set(path, typeof content === 'string' ? Buffer.from(content) : await wholeOf(content));
      },
      read: (path, { from = 0, to } = { from: 0 }) => {
        const bytes = contents.get(path)?.subarray(from, to);
        return Promise.resolve(bytes && inPieces(bytes));
      },
      remove: (path) => Promise.resolve(void contents.delete(path)),
      async *list(container) {
        for (const path of await Promise.resolve([...contents.keys()])) {
          if (path.startsWith(`${container}/`))
            yield { path, etag: '1', contentType: undefined, lastModified: new Date(0), isComplete: true };
        }
      },
      take: ({ path }) =>
        Promise.resolve({
          remove: () => Promise.resolve(void contents.delete(path)),
          release: () => Promise.resolve(),
        }),
    },
    jobs: {
      insert(job) {
        if (jobs.has(job.id)) return Promise.resolve(false);
        jobs.set(job.id, { json: JSON.stringify(job), etag: (etags += 1) });
        return Promise.resolve(true);
      },
      find(id) {
        const found = jobs.get(id);
        return Promise.resolve(found && { job: parse(found.json), etag: String(found.etag) });
      },
      replace(job, etag) {
        if (String(jobs.get(job.id)?.etag) !== etag) return Promise.resolve(false);
        jobs.set(job.id, { json: JSON.stringify(job), etag: (etags += 1) });
        return Promise.resolve(true);
      },
      announce({ id }) {
        active.add(id);
        listed.add(id);
        return Promise.resolve();
      },
      retire: (id) => Promise.resolve(void active.delete(id)),
      list(creator, top) {
        const all = [...listed].map((id) => parse(jobs.get(id)?.json ?? '')).reverse();
        const seen = all.filter((job) => creator === undefined || job.creator === creator);
        return Promise.resolve({ jobs: seen.slice(0, top) });
      },
      async *active() {
        yield* await Promise.resolve([...active]);
      },
      addRange(job, done) {
        const known = ranges.get(job) ?? new Map<number, DoneRange>();
        ranges.set(job, known);
        if (known.has(done.range)) return Promise.resolve(false);
        known.set(done.range, done);
        return Promise.resolve(true);
      },
      hasRange: (job, range) => Promise.resolve(ranges.get(job)?.has(range) ?? false),
      dropRange: (job, range) => Promise.resolve(void ranges.get(job)?.delete(range)),
      async *doneRanges(job) {
        yield* await Promise.resolve([...(ranges.get(job)?.values() ?? [])]);
      },
    },
    turns: {
      read: () => Promise.resolve({ at: turn.at, etag: String(turn.etag) }),
      write(at, etag) {
        if (etag !== String(turn.etag)) return Promise.resolve(false);
        Object.assign(turn, { at, etag: turn.etag + 1 });
        return Promise.resolve(true);
      },
    },
    queue: {
      send(message, delaySeconds = 0) {
        messages.push({ message: JSON.parse(JSON.stringify(message)) as Record<string, unknown>, delaySeconds });
        return Promise.resolve();
      },
    },
  };
}

/** Small pieces, so that lines and characters are cut. */
async function* inPieces(bytes: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += 1000) yield await Promise.resolve(bytes.subarray(at, at + 1000));
}
