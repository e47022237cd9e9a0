/** Longest row, in characters: a record of CSV, a line of JSON Lines, an element of JSON. What is read at once stays near it. */
export const maxRowLength = 64 * 1024;

/** Most rows of one manifest; to know their deviceIds takes 21 MB. */
export const maxRows = 1_000_000;
