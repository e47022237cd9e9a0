import { CommandError, RefusedError } from './commandError.ts';
import type { Service } from './service.ts';

/** A row of a job's report, as far as it is read here. */
interface CreatedRow {
  row: number;
  deviceId: string;
  id: string;
}

/** What became of a device that was to be deleted. */
export interface Undone extends CreatedRow {
  outcome: 'deleted' | 'gone' | 'failed';
  message: string | null;
}

/** Devices at a time. */
const width = 8;

export interface DeleteParts {
  service: Service;
  /** Ends it after those that are under way. */
  end: AbortSignal;
  /** Takes why the service is lost; `end` is expected to follow. */
  giveUp(reason: CommandError): void;
}

/**
 * Deletes the devices that a report says were created, in its order; each only while it still is the device of its row.
 * @param parts of the report, in JSON Lines
 */
export async function* deleteDevices(
  parts: AsyncIterable<string>,
  { service, end, giveUp }: DeleteParts,
): AsyncGenerator<Undone> {
  const underWay: Promise<Undone>[] = [];
  for await (const row of createdRows(parts)) {
    if (end.aborted) break;
    underWay.push(deleteDevice(row, service, giveUp));
    const oldest = underWay.length < width ? undefined : underWay.shift();
    if (oldest) yield await oldest;
  }
  for (const one of underWay) yield await one;
}

async function* createdRows(parts: AsyncIterable<string>): AsyncGenerator<CreatedRow> {
  for await (const part of parts) {
    for (const line of part.split('\n')) {
      if (line === '') continue;
      const row = JSON.parse(line) as CreatedRow & { outcome: string };
      if (row.outcome === 'created') yield row;
    }
  }
}

async function deleteDevice(
  { row, deviceId, id }: CreatedRow,
  { call }: Service,
  giveUp: DeleteParts['giveUp'],
): Promise<Undone> {
  const told = (outcome: Undone['outcome'], message: string | null = null): Undone => ({
    row,
    deviceId,
    id,
    outcome,
    message,
  });
  const path = `/v1.0/devices/${id}`;
  try {
    const { text } = await call({ method: 'GET', path: `${path}?$select=id,deviceId` });
    const found = (JSON.parse(text) as { deviceId?: string }).deviceId ?? 'none';
    if (found.toLowerCase() !== deviceId.toLowerCase())
      return told('failed', `The device has another deviceId now: ${found}`);
    await call({ method: 'DELETE', path });
    return told('deleted');
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    if (!(error instanceof RefusedError)) giveUp(error);
    return error instanceof RefusedError && error.status === 404 ? told('gone') : told('failed', error.message);
  }
}
