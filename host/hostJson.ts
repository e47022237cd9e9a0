import { validateHeaderName, validateHeaderValue } from 'node:http';
import { isObject, readJsonFile } from './jsonFile.ts';
import { readQueuesJson, type QueuesJson } from './queuesJson.ts';
import { StartError } from './startError.ts';

/** What the local host uses of host.json. */
export interface HostJson {
  /** Stands before every route; may be empty. */
  readonly routePrefix: string;
  /** Added to every answer that lacks them. */
  readonly customHeaders: Readonly<Record<string, string>>;
  readonly queues: QueuesJson;
}

/** @throws StartError in one line: no such file, no JSON, another version, a wrong type */
export function readHostJson(path: string): HostJson {
  const root = readJsonFile(path);
  if (!root) throw new StartError(`${path} does not exist; the smallest one is {"version": "2.0"}.`);
  return toHostJson(root, path);
}

/**
 * The same, of a file's content.
 * @param path stands in messages only
 */
export function toHostJson(root: Record<string, unknown>, path: string): HostJson {
  const wrong = (member: string, wanted: string) => new StartError(`${path}: "${member}" must be ${wanted}.`);
  if (root.version !== '2.0') throw wrong('version', '"2.0"');
  const { extensions = {} } = root;
  if (!isObject(extensions)) throw wrong('extensions', 'an object');
  const { http = {} } = extensions;
  if (!isObject(http)) throw wrong('extensions.http', 'an object');
  const { routePrefix = 'api', customHeaders = {} } = http;
  if (typeof routePrefix !== 'string') throw wrong('extensions.http.routePrefix', 'text');
  if (!areHeaders(customHeaders)) throw wrong('extensions.http.customHeaders', 'an object of valid headers');
  return { routePrefix, customHeaders, queues: readQueuesJson(extensions.queues, wrong) };
}

function areHeaders(value: unknown): value is Record<string, string> {
  if (!isObject(value)) return false;
  return Object.entries(value).every(([name, text]) => {
    try {
      validateHeaderName(name);
      validateHeaderValue(name, text as string);
      return typeof text === 'string';
    } catch {
      return false;
    }
  });
}
