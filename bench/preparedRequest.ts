/** Stands in a prepared request where an id will be. */
export const noId = '00000000-0000-0000-0000-000000000000';

/** A request as bytes, in which an id can be exchanged in place. */
export interface PreparedRequest {
  readonly bytes: Buffer;
  /** Status of the answer it must get. */
  readonly success: number;
  /** Puts in another id; the previous request must have been sent. */
  renew(): void;
}
