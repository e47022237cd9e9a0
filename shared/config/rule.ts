/** A combination of settings that is refused when the first member is true, and why. */
export type Rule = [refused: boolean, reason: string];
