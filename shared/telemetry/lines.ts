/**
 * Writes lines together, once in each turn of the event loop: a write is a system call, and that is what costs.
 * @param write takes text that ends with a line end
 */
export function lines(write: (text: string) => void): (line: string) => void {
  let waiting = '';
  return (line) => {
    if (waiting === '') {
      setImmediate(() => {
        const text = waiting;
        waiting = '';
        write(text);
      });
    }
    waiting += `${line}\n`;
  };
}
