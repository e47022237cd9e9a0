/** Writes the 16 bytes of a GUID into memory that may be used again: SQLite copies what it is given. */
export function toBytes(guid: string, bytes: Buffer = Buffer.alloc(16)): Buffer {
  bytes.write(guid.slice(0, 8) + guid.slice(9, 13) + guid.slice(14, 18) + guid.slice(19, 23) + guid.slice(24), 'hex');
  return bytes;
}

/** The GUID, in lower case, that 16 bytes stand for. */
export function toGuid(bytes: unknown): string {
  const hex = Buffer.from(bytes as Uint8Array).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
