import { Readable } from 'node:stream';
import type { BlobItem, BlobServiceClient, BlockBlobClient } from '@azure/storage-blob';
import type { Bytes, Files, FoundFile, TakenFile } from '../stores.ts';
import { once, unlessRefused } from './errors.ts';

/** Bytes that are sent with one request, and such requests at the same time. */
const blockBytes = 512 * 1024;
const blocksAtOnce = 2;
/** Seconds for which a file that is taken belongs to one instance; should they not do, the id of its job still makes it one job. */
const leaseSeconds = 60;
/** A file of a kind that grows is taken for complete when it has not changed for this time, in milliseconds. */
const quietMs = 60_000;

/** Files as blobs; containers are made when they are missing. */
export function blobFiles(service: BlobServiceClient, now: () => Date): Files {
  const made = new Map<string, () => Promise<void>>();
  const isMade = (container: string): Promise<void> => {
    const make = made.get(container) ?? once(() => service.getContainerClient(container).createIfNotExists());
    made.set(container, make);
    return make();
  };
  const blobOf = (path: string): BlockBlobClient => {
    const { container, name } = divided(path);
    return service.getContainerClient(container).getBlockBlobClient(name);
  };

  return {
    async put(path, content) {
      await isMade(divided(path).container);
      await (typeof content === 'string' ? putText(blobOf(path), content) : putBytes(blobOf(path), content));
    },

    async read(path, { from = 0, to } = { from: 0 }) {
      const count = to === undefined ? undefined : to - from;
      if (count === 0) return nothing();
      const answer = await unlessRefused(blobOf(path).download(from, count), [404, 416], undefined);
      if (answer) return answer.readableStreamBody as unknown as Bytes;
      return (await blobOf(path).exists()) ? nothing() : undefined;
    },

    async *list(container) {
      await isMade(container);
      for await (const blob of service.getContainerClient(container).listBlobsFlat()) {
        yield toFoundFile(container, blob, now());
      }
    },

    take: (file) => take(blobOf(file.path), file),
  };
}

function divided(path: string): { container: string; name: string } {
  const end = path.indexOf('/');
  return { container: path.slice(0, end), name: path.slice(end + 1) };
}

const putText = (blob: BlockBlobClient, text: string): Promise<unknown> => blob.upload(text, Buffer.byteLength(text));

/** What fits into one request is one request. */
async function putBytes(blob: BlockBlobClient, bytes: Bytes): Promise<void> {
  const iterator = bytes[Symbol.asyncIterator]();
  const first: Uint8Array[] = [];
  let size = 0;
  for (let next = await iterator.next(); ; next = await iterator.next()) {
    if (next.done) {
      await blob.upload(Buffer.concat(first), size);
      return;
    }
    first.push(next.value);
    size += next.value.length;
    if (size > blockBytes) break;
  }
  const rest = async function* (): AsyncGenerator<Uint8Array> {
    yield* first;
    yield* { [Symbol.asyncIterator]: () => iterator };
  };
  await blob.uploadStream(Readable.from(rest(), { objectMode: false }), blockBytes, blocksAtOnce);
}

/** A block blob is there as a whole or not at all; other kinds grow, and so may a file that somebody has leased. */
function toFoundFile(container: string, { name, properties }: BlobItem, now: Date): FoundFile {
  const { etag, contentType, contentLength = 0, leaseState, blobType, lastModified } = properties;
  const isWhole = blobType === 'BlockBlob' && contentLength > 0;
  const isQuiet = now.getTime() - lastModified.getTime() > quietMs;
  return {
    path: `${container}/${name}`,
    etag: etag.replaceAll('"', ''),
    contentType,
    isComplete: leaseState !== 'leased' && (isWhole || isQuiet),
  };
}

async function take(blob: BlockBlobClient, { etag }: FoundFile): Promise<TakenFile | undefined> {
  const ifMatch = `"${etag}"`;
  const lease = blob.getBlobLeaseClient();
  const got = await unlessRefused(
    lease.acquireLease(leaseSeconds, { conditions: { ifMatch } }).then(() => true),
    [404, 409, 412],
    false,
  );
  if (!got) return undefined;
  return {
    async remove() {
      await unlessRefused(blob.delete({ conditions: { ifMatch, leaseId: lease.leaseId } }), [404, 412], undefined);
    },
    async release() {
      await unlessRefused(lease.releaseLease(), [404, 409, 412], undefined);
    },
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // A file of no bytes.
}
