import { isObject, readJsonFile } from './jsonFile.ts';
import { StartError } from './startError.ts';

/** local.settings.json: settings for `process.env`, and where and for whom the local host listens. */
export interface LocalSettings {
  readonly values: Readonly<Record<string, string>>;
  readonly host: {
    readonly LocalHttpPort?: number;
    readonly LocalHttpAddress?: string;
    /** Origins, separated by commas, or `*`. */
    readonly CORS?: string;
    readonly CORSCredentials?: boolean;
  };
}

/**
 * Reads local.settings.json; without the file there are no settings.
 * @throws StartError in one line, naming all wrong members at once
 * Source: azure-functions-core-tools src/Cli/func/Common/AppSettingsFile.cs and HostStartSettings.cs
 */
export function readLocalSettings(path: string): LocalSettings {
  const root = readJsonFile(path);
  if (!root) return { values: {}, host: {} };
  if (root.IsEncrypted !== false) {
    const state = root.IsEncrypted === undefined ? 'missing, which counts as true' : JSON.stringify(root.IsEncrypted);
    throw new StartError(
      `${path}: "IsEncrypted" is ${state}, and encrypted settings cannot be read here; ` +
        'run `func settings decrypt`, or set it to false and write plain values.',
    );
  }
  const { Values: values = {}, Host: host = {} } = root;
  if (!isObject(values) || !isObject(host)) throw new StartError(`${path}: "Values" and "Host" must be objects.`);
  const wrong = [
    ...Object.entries(values).flatMap(([name, value]) => (isText(value) ? [] : `"Values.${name}" (must be text)`)),
    ...Object.entries(host).flatMap(([name, value]) => {
      const { fits, kind } = hostMembers.get(name) ?? { fits: () => true, kind: '' };
      return fits(value) ? [] : `"Host.${name}" (must be ${kind})`;
    }),
  ];
  if (wrong.length > 0) throw new StartError(`${path} has members of a wrong type: ${wrong.join(', ')}.`);
  return { values: values as LocalSettings['values'], host };
}

const isText = (value: unknown) => typeof value === 'string';
const isPort = (value: unknown) => Number.isInteger(value) && (value as number) >= 0 && (value as number) <= 65_535;

const hostMembers = new Map<string, { fits: (value: unknown) => boolean; kind: string }>([
  ['LocalHttpPort', { fits: isPort, kind: 'a port number' }],
  ['LocalHttpAddress', { fits: isText, kind: 'text' }],
  ['CORS', { fits: isText, kind: 'text' }],
  ['CORSCredentials', { fits: (value) => typeof value === 'boolean', kind: 'true or false' }],
]);
