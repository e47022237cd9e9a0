/** Milliseconds that a line may wait: nobody who reads along notices. */
const patienceMs = 20;

/**
 * Writes lines together: a write is a system call, and that is what costs.
 * @param write takes text that ends with a line end
 */
export function lines(write: (text: string) => void): (line: string) => void {
  let waiting = '';
  return (line) => {
    if (waiting === '') {
      setTimeout(() => {
        const text = waiting;
        waiting = '';
        write(text);
      }, patienceMs);
    }
    waiting += `${line}\n`;
  };
}
