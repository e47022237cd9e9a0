import { createHash } from 'node:crypto';
import { hostname } from 'node:os';

/** Longest name of a host. Source: azure-functions-host src/WebJobs.Script/Host/ScriptHostIdProvider.cs */
const maxLength = 32;

/** Under which name this host keeps what belongs to it: of machine and folder, unless `AzureFunctionsWebHost__hostid` says another one. */
export function hostIdOf(settings: Readonly<Record<string, string | undefined>>, folder: string): string {
  const given = settings.AzureFunctionsWebHost__hostid;
  if (given) return given;
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 8);
  const machine = hostname()
    .toLowerCase()
    .replaceAll(/[^a-z\d]+/g, '-');
  return `${machine.slice(0, maxLength - hash.length - 1)}-${hash}`;
}
