import { toSentenceCase } from './words.ts';

/** Operations that belong together. */
export interface Group {
  name: string;
  description: string;
}

/** The endpoints whose documentation began it all; they come first. */
const documented = ['createDevice', 'createMyRegisteredDevice', 'createUserRegisteredDevice'];

const register: Group = {
  name: 'Register',
  description: 'Create a device, and register it for a user: begin here.',
};
const known: readonly (Group & { holds: RegExp })[] = [
  { name: 'Devices', description: 'The devices of the organization.', holds: /^\/devices\b/ },
  {
    name: 'Registered devices',
    description: 'The devices that are registered for a user.',
    holds: /^\/(?:me|users\/[^/]+)\/registeredDevices\b/,
  },
  {
    name: 'Owned devices',
    description: 'The devices that a user owns.',
    holds: /^\/(?:me|users\/[^/]+)\/ownedDevices\b/,
  },
  {
    name: 'Directory objects',
    description: 'Whatever the directory holds, by object id alone.',
    holds: /^\/directoryObjects\b/,
  },
  { name: 'Users', description: 'The people who use the devices.', holds: /^\/(?:me|users)\b/ },
];

/** The group of an address; a new collection makes a group of its own. */
export function groupOf(id: string, path: string, isFirstAddress: boolean): Group {
  if (isFirstAddress && documented.includes(id)) return register;
  const found = known.find(({ holds }) => holds.test(path));
  if (found) return { name: found.name, description: found.description };
  const name = toSentenceCase(path.split('/')[1] ?? '');
  return { name, description: `What is served at /${path.split('/')[1] ?? ''}.` };
}

/** The documented endpoints first, in their order, then the others in theirs. */
export const inOrder = <T extends { operation: string; group: Group }>(described: readonly T[]): T[] =>
  described.toSorted((a, b) => rank(a) - rank(b));

const rank = ({ operation, group }: { operation: string; group: Group }): number =>
  group === register ? documented.indexOf(operation) : documented.length;
