/** Something to say about one line of a page; lines count from 1. */
export interface Finding {
  path: string;
  line: number;
  message: string;
}

/** Tells a page's reader where to speak up; the reader goes on, so that all that is wrong is told at once. */
export interface Report {
  /** The page cannot be used as it is: nothing is generated. */
  error(line: number, message: string): void;
  /** The page can be used, but somebody should know how it was understood. */
  warn(line: number, message: string): void;
}

/** Everything that is wrong with a set of pages, one line each as `path:line: message`. */
export class PageErrors extends Error {
  override readonly name = 'PageErrors';
  readonly problems: readonly Finding[];

  constructor(problems: readonly Finding[]) {
    super(problems.map((problem) => toLine(problem)).join('\n'));
    this.problems = problems;
  }
}

/** `path:line: message`, which editors and terminals turn into a link. */
export const toLine = ({ path, line, message }: Finding, kind = ''): string => `${path}:${line}: ${kind}${message}`;

/** What was found on all pages so far. */
export class Findings {
  readonly problems: Finding[] = [];
  readonly warnings: Finding[] = [];

  on(path: string): Report {
    return {
      error: (line, message) => this.problems.push({ path, line, message }),
      warn: (line, message) => this.warnings.push({ path, line, message }),
    };
  }

  add(other: Findings): void {
    this.problems.push(...other.problems);
    this.warnings.push(...other.warnings);
  }
}

/** By page, then by line. */
export const inReadingOrder = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.line - b.line));
