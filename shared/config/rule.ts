/** A combination of settings that is refused when the first member is true, and why. */
export type Rule = [refused: boolean, reason: string];

/** How addresses on this machine begin: what goes there stays here. */
export const loopback: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);
