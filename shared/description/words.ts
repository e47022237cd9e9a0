/** `registeredDevices` becomes `registered devices`; text of several words keeps its words. */
export const spelled = (name: string): string =>
  name
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.replace(/(?<=[a-z0-9])[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`))
    .join(' ');

/** "Create my registeredDevice" becomes "Create my registered device". */
export const toSentenceCase = (title: string): string => capitalized(spelled(title));

/** `createDevice` becomes `CreateDevice`. */
export const capitalized = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** Names whose words say too little. */
const labels: Readonly<Record<string, string>> = {
  id: 'Object ID',
  usersId: 'User',
  '@odata.id': 'Reference',
  '@odata.type': 'Type of Object',
};

/** The label of a property or parameter in title case: `operatingSystem` becomes "Operating System". */
export const labelOf = (name: string): string =>
  labels[name] ??
  spelled(name.replace(/^@odata\./, ''))
    .replace(/(?<=[a-z])(?=\d)/g, ' ')
    .split(' ')
    .map(capitalized)
    .map((word) => (/^Ids?$/.test(word) ? word.replace('Id', 'ID') : word))
    .join(' ');
