import type { Rule } from '../rules.ts';

/** Names of products that may not stand in a title or description. */
const products = /\b(?:Power (?:Platform|Apps|Automate|BI)|Copilot Studio|Logic Apps|Microsoft Flow)\b/i;
const categories = [
  ...['AI', 'Business Management', 'Business Intelligence', 'Collaboration', 'Commerce', 'Communication'],
  ...['Content and Files', 'Finance', 'Data', 'Human Resources', 'Internet of Things', 'IT Operations', 'Lifestyle'],
  ...['Marketing', 'Productivity', 'Sales and CRM', 'Security', 'Social Media', 'Website'],
];
const metadataNames = ['Website', 'Privacy policy', 'Categories'];

/** What a connector says of itself. */
export const infoRules: Record<string, Rule> = {
  'a title has 1 to 30 characters, says neither API nor Connector nor a product, and ends with a letter or digit'({
    info: { title = '' } = {},
  }) {
    const isRight = /^.{0,29}[a-z0-9]$/i.test(title) && !/\b(?:api|connector)\b/i.test(title) && !products.test(title);
    return isRight ? [] : [`info.title "${title}"`];
  },
  'a description has 30 to 500 characters and names no product'({ info: { description = '' } = {} }) {
    const isRight = description.length >= 30 && description.length <= 500 && !products.test(description);
    return isRight ? [] : [`info.description of ${description.length} characters`];
  },
  'a contact has name, url and email'({ info: { contact = {} } = {} }) {
    return ['name', 'url', 'email'].filter((key) => !contact[key]).map((key) => `info.contact.${key}`);
  },
  'a host has neither scheme nor path, and is no machine of a developer'({ host = '' }) {
    const isRight =
      /^[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::\d+)?$/i.test(host) && !/^(?:localhost|127\.)|\btest\./i.test(host);
    return isRight ? [] : [`host "${host}"`];
  },
  'the only scheme is https': ({ schemes = [] }) =>
    schemes.join() === 'https' ? [] : [`schemes "${schemes.join(', ')}"`],
  'the metadata are website, privacy policy and at most two of the known categories'(document) {
    const given = (document['x-ms-connector-metadata'] ?? []) as { propertyName: string; propertyValue: string }[];
    const names = given.map(({ propertyName }) => propertyName);
    const listed = given.find(({ propertyName }) => propertyName === 'Categories')?.propertyValue.split(';') ?? [];
    return [
      ...metadataNames.filter((name) => !names.includes(name)).map((name) => `no ${name}`),
      ...names.filter((name) => !metadataNames.includes(name)).map((name) => `"${name}" is none of them`),
      ...listed.filter((category) => !categories.includes(category)).map((category) => `no category "${category}"`),
      ...(listed.length > 2 ? [`${listed.length} categories`] : []),
    ];
  },
  'the definition is smaller than 1 MB': (document) =>
    Buffer.byteLength(JSON.stringify(document)) < 1_000_000 ? [] : ['the definition'],
};
