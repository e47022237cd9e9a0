import type { GraphError } from '../contract/errors.ts';

/** Causes of causes that are told, and characters of a line, at most. */
const maxDepth = 5;
const maxLine = 1000;
/** Of the stack of an error that nobody expected. */
const maxFrames = 6;

/**
 * Why an answer is our fault, in one line: what each of the causes says, and for what nobody expected (status 500) also where it
 * happened.
 */
export function reasonOf(error: GraphError): string {
  const causes = causesOf(error.cause ?? error);
  const deepest = causes.at(-1);
  const frames = error.status === 500 && deepest instanceof Error ? framesOf(deepest) : '';
  return oneLine(causes.map(said).join(' <- ') + frames);
}

/** From the outermost to the one that began it. */
function causesOf(thrown: unknown, depth = 1): unknown[] {
  const cause = thrown instanceof Error ? thrown.cause : undefined;
  return cause === undefined || depth === maxDepth ? [thrown] : [thrown, ...causesOf(cause, depth + 1)];
}

/** Errors that stand for several others say nothing but their code. */
function said(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const { code } = thrown as { code?: unknown };
  return `${thrown.name}: ${thrown.message || String(code)}`;
}

function framesOf({ stack = '' }: Error): string {
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return frames.length === 0 ? '' : ` (${frames.slice(0, maxFrames).join(', ')})`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, maxLine);
