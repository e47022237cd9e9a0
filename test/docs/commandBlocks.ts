import { readFileSync } from 'node:fs';

/** A block of commands in a page. */
export interface CommandBlock {
  page: string;
  text: string;
  /** Whether it stands under `<!-- needs: azure -->`: then nobody can run it here. */
  needsAzure: boolean;
  /** Status of the answer that the page shows next; undefined where it shows none. */
  status: number | undefined;
}

const fence = /(<!-- needs: azure -->\n+)?^```(\w+)\n([^]*?)\n```$(?:\n+^```http\nHTTP\/1\.1 (\d{3}))?/gm;

/** The `bash` blocks of a page, in their order. */
export const commandBlocks = (page: string): CommandBlock[] =>
  [...readFileSync(page, 'utf8').matchAll(fence)]
    .filter(([, , language]) => language === 'bash')
    .map(([, mark, , text = '', status]) => ({
      page,
      text,
      needsAzure: mark !== undefined,
      status: status === undefined ? undefined : Number(status),
    }));

/** One command of npm, with what is set for it. */
export interface NpmCommand {
  env: Record<string, string>;
  /** `start`, `install`, or the name of a script behind `run`. */
  name: string;
  args: string[];
}

/**
 * The npm commands of a block such as `npm install && PORT=7072 npm start    # a comment`.
 * @throws Error for a command that is none of npm's: nobody would run it
 */
export const npmCommands = (text: string): NpmCommand[] =>
  text
    .split('\n')
    .map((line) => line.replace(/\s#.*$/, ''))
    .flatMap((line) => line.split('&&'))
    .map((command) => {
      const words = command.trim().split(/\s+/);
      const first = words.indexOf('npm');
      const [verb = '', ...rest] = words.slice(first + 1);
      const settings = words.slice(0, Math.max(first, 0)).map((word) => /^(\w+)=(.*)$/.exec(word));
      if (first < 0 || settings.includes(null)) throw new Error(`Nobody runs '${command.trim()}'.`);
      const [name = '', ...args] = verb === 'run' ? rest : [verb, ...rest];
      return {
        env: Object.fromEntries(settings.map((match) => [match?.[1], match?.[2]])) as NpmCommand['env'],
        name,
        args,
      };
    });
