/** Does something with each item, several ahead of time; results come in the order of the items. */
export async function* mapInOrder<T, R>(
  items: AsyncIterable<T>,
  width: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<R> {
  const ahead: Promise<R>[] = [];
  for await (const item of items) {
    const result = work(item);
    void result.catch(() => undefined); // It is thrown below, when its turn comes.
    ahead.push(result);
    const due = ahead.length >= width ? ahead.shift() : undefined;
    if (due) yield await due;
  }
  for (const result of ahead) yield await result;
}
