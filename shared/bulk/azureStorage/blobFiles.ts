import type { BlobItem, BlobServiceClient, BlockBlobClient } from '@azure/storage-blob';
import type { Bytes, Files, FoundFile, TakenFile } from '../stores.ts';
import { blockBytes, fromBlocks, inBlocks } from './blocks.ts';
import { once, unlessRefused } from './errors.ts';

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

    async read(path, { from = 0, to = Infinity } = { from: 0 }) {
      if (to === from) return nothing();
      const blob = blobOf(path);
      const first = await unlessRefused(download(blob, from, to), [404, 416], undefined);
      if (first) return fromBlocks(blocksOf(blob, first, to));
      return (await blob.exists()) ? nothing() : undefined;
    },

    async remove(path) {
      await unlessRefused(blobOf(path).delete(), [404], undefined);
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

/** What fits into one request is one request. Nobody sees the blocks of more than that before the list of them is sent. */
async function putBytes(blob: BlockBlobClient, bytes: Bytes): Promise<void> {
  const put = crypto.randomUUID();
  const ids: string[] = [];
  for await (const { block, isLast } of inBlocks(bytes)) {
    if (isLast && ids.length === 0) {
      await blob.upload(block, block.length);
      continue; // To the end of the blocks: their memory is free then.
    }
    const id = Buffer.from(`${put}-${String(ids.length).padStart(5, '0')}`).toString('base64');
    await blob.stageBlock(id, block, block.length);
    ids.push(id);
  }
  if (ids.length > 0) await blob.commitBlockList(ids);
}

/** A part of a blob, and where it ends. */
interface Block {
  bytes: Bytes;
  end: number;
  total: number;
  etag: string | undefined;
}

async function download(blob: BlockBlobClient, from: number, to: number, ifMatch?: string): Promise<Block> {
  const conditions = ifMatch === undefined ? {} : { ifMatch };
  const answer = await blob.download(from, Math.min(blockBytes, to - from), { conditions });
  const [, last, total] = /^bytes \d+-(\d+)\/(\d+)$/.exec(answer.contentRange ?? '') ?? [];
  if (last === undefined) throw new Error(`The storage does not say which part of ${blob.name} it sent.`);
  const bytes = answer.readableStreamBody as unknown as Bytes;
  return { bytes, end: Number(last) + 1, total: Number(total), etag: answer.etag };
}

/** One block after the other; all are of the same version of the blob. */
async function* blocksOf(blob: BlockBlobClient, first: Block, to: number): AsyncGenerator<Bytes> {
  for (let block = first; ; block = await download(blob, block.end, to, block.etag)) {
    yield block.bytes;
    if (block.end >= Math.min(block.total, to)) return;
  }
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
    lastModified,
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
