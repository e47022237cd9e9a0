/** What came of a step of a client's program: what it gave back (null for nothing), or the fields of what it threw. */
export type Outcome = { value: unknown } | { thrown: Record<string, unknown> };

/**
 * Takes steps one after the other and prints what came of each, by name, as one line of JSON. A step that fails does not stop those that
 * follow.
 */
export async function take(steps: Record<string, () => unknown>): Promise<void> {
  const outcomes: Record<string, Outcome> = {};
  for (const [name, step] of Object.entries(steps)) {
    try {
      outcomes[name] = { value: (await step()) ?? null };
    } catch (error) {
      const { name: kind, message } = error as Error;
      outcomes[name] = { thrown: { kind, message, ...(error as object) } };
    }
  }
  console.log(JSON.stringify(outcomes));
}
