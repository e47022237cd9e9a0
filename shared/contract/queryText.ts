/** What a read asks for beyond its address, as it came. */
export interface QueryText {
  /** What stands behind the question mark, still percent-encoded; empty when there is none. */
  text: string;
  /** `ConsistencyLevel: eventual`: the caller takes an answer that may be a little old for one to a harder question. */
  eventual: boolean;
}
