import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/** The part used here of what `node --cpu-prof` writes. */
interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  /** Node on top of the stack at each sample, and microseconds since the sample before. */
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

/** For every profile in a folder, the functions in which most time was spent, without what they called. */
export const profiles = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.cpuprofile'))
    .flatMap((name) => ['', ...ranked(join(folder, name))]);

/** Functions with less than this share of a thread's time are not listed. */
const leastShare = 0.004;

function ranked(path: string): string[] {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(path, 'utf8')) as CpuProfile;
  const names = new Map(nodes.map(({ id, callFrame }) => [id, named(callFrame)]));
  const micros = new Map<string, number>();
  let total = 0;
  for (const [i, id] of samples.entries()) {
    const name = names.get(id) ?? '';
    if (name === '(idle)') continue;
    const us = timeDeltas[i] ?? 0;
    total += us;
    micros.set(name, (micros.get(name) ?? 0) + us);
  }
  const lines = [...micros]
    .filter(([, us]) => us >= total * leastShare)
    .sort(([, a], [, b]) => b - a)
    .map(([name, us]) => `${((100 * us) / total).toFixed(1).padStart(6)} %  ${name}`);
  return [`${path}: ${Math.round(total / 1000)} ms`, ...lines];
}

const named = ({ functionName, url, lineNumber }: CpuProfile['nodes'][number]['callFrame']): string =>
  `${functionName || '(anonymous)'}${url && ` ${basename(url)}:${lineNumber + 1}`}`;
