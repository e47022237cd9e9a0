import { operationsIn, parametersIn, schemasIn, type At } from '../document.ts';
import type { Rule } from '../rules.ts';

const isSentence = (text: string): boolean => /^[A-Z].*\.$/s.test(text);
/** Small words may stay small. */
const isTitle = (text: string): boolean =>
  text.length <= 80 &&
  /^[A-Z]/.test(text) &&
  text.split(' ').every((word) => /^(?:[A-Z0-9]|(?:of|or|and|to|in)$)/.test(word));

interface Field {
  summary?: string;
  description?: string;
  required?: boolean;
  default?: unknown;
  'x-ms-summary'?: string;
  'x-ms-visibility'?: string;
}

/** Parameters, properties: whatever a maker sees a field of. */
const fieldsIn = (document: Parameters<Rule>[0]): At<Field>[] => [
  ...parametersIn(document),
  ...schemasIn(document)
    .filter(({ property }) => property !== undefined)
    .map(({ place, it, isRequired }) => ({ place, it: { ...it, required: isRequired } })),
];

/** How fields are shown. */
export const parameterRules: Record<string, Rule> = {
  'a field has a label in title case'(document) {
    const wrong = fieldsIn(document).filter(({ it }) => !isTitle(it['x-ms-summary'] ?? ''));
    return wrong.map(({ place, it }) => `${place}: "${String(it['x-ms-summary'])}"`);
  },
  'a field and an operation have a description, which is a sentence and not the label again'(document) {
    const described: At<Field>[] = [...fieldsIn(document), ...operationsIn(document)];
    const labels = ({ it }: At<Field>) => [it['x-ms-summary'], it.summary].map((text) => `${String(text)}.`);
    const wrong = described.filter(
      (field) =>
        !isSentence(field.it.description ?? '') ||
        labels(field).some((label) => label.toLowerCase() === String(field.it.description).toLowerCase()),
    );
    return wrong.map(({ place, it }) => `${place}: "${String(it.description)}"`);
  },
  'a field says how visible it is'(document) {
    const wrong = fieldsIn(document).filter(
      ({ it }) => !['important', 'advanced', 'internal'].includes(String(it['x-ms-visibility'])),
    );
    return wrong.map(({ place }) => place);
  },
  'what is required and internal has a default'(document) {
    const hidden = fieldsIn(document).filter(({ it }) => it.required === true && it['x-ms-visibility'] === 'internal');
    return hidden.filter(({ it }) => it.default === undefined).map(({ place }) => place);
  },
  'a parameter in the path is required, and says how often it is encoded'(document) {
    const inPath = parametersIn(document).filter(({ it }) => it.in === 'path');
    return inPath
      .filter(({ it }) => it.required !== true || !['single', 'double'].includes(String(it['x-ms-url-encoding'])))
      .map(({ place }) => place);
  },
  'GET has no body'(document) {
    const read = operationsIn(document).filter(({ method }) => method === 'get');
    return read
      .filter(({ it }) => it.parameters?.some((parameter) => parameter.in === 'body'))
      .map(({ place }) => place);
  },
  'no parameter is called connectionId': (document) =>
    parametersIn(document)
      .filter(({ it }) => it.name?.toLowerCase() === 'connectionid')
      .map(({ place }) => place),
};
