/** What the documents say of the service itself. */
export const about = {
  title: 'Device Registrar',
  /** Of the API that is described, not of the package. */
  version: '1.0',
  description:
    'Registers devices in the directory of an organization, links them to their users and owners, and says of every refused request what would be right.',
  licence: 'MIT',
} as const;
