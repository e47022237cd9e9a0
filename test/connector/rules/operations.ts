import { operationsIn } from '../document.ts';
import type { Rule } from '../rules.ts';

const sendable = ['application/json', 'text/plain', 'multipart/form-data', 'application/x-www-form-urlencoded'];

/** What an action is called and answers with. */
export const operationRules: Record<string, Rule> = {
  'there are at most 256 operations': (document) => (operationsIn(document).length > 256 ? ['paths'] : []),
  'an operationId is there, in Pascal case'(document) {
    const wrong = operationsIn(document).filter(({ it }) => !/^[A-Z][A-Za-z0-9]*$/.test(it.operationId ?? ''));
    return wrong.map(({ place, it }) => `${place}: "${String(it.operationId)}"`);
  },
  'an operationId is the only one, whatever its case'(document) {
    const ids = operationsIn(document).map(({ it }) => String(it.operationId).toLowerCase());
    return ids.filter((id, index) => ids.indexOf(id) < index);
  },
  'a summary has 1 to 80 letters, digits, spaces and parentheses, and ends with a letter or digit'(document) {
    const wrong = operationsIn(document).filter(
      ({ it }) => !/^[A-Za-z0-9() ]{0,79}[A-Za-z0-9]$/.test(it.summary ?? ''),
    );
    return wrong.map(({ place, it }) => `${place}: "${String(it.summary)}"`);
  },
  'an operation answers with success'(document) {
    const wrong = operationsIn(document).filter(
      ({ it }) => !Object.keys(it.responses ?? {}).some((s) => s.startsWith('2')),
    );
    return wrong.map(({ place }) => place);
  },
  'one answer at most has a schema, and it is 200 or 201'(document) {
    return operationsIn(document).flatMap(({ place, it }) => {
      const withSchema = Object.entries(it.responses ?? {}).filter(([, { schema }]) => schema);
      const elsewhere = withSchema.filter(([status]) => !['200', '201'].includes(status));
      return [
        ...elsewhere.map(([status]) => `${place}, answer ${status}`),
        ...(withSchema.length > 1 ? [`${place}: ${withSchema.length} answers have one`] : []),
      ];
    });
  },
  'a media type to send is one that connectors send, and there is one'(document) {
    return [document.consumes ?? [], ...operationsIn(document).flatMap(({ it }) => (it.consumes ? [it.consumes] : []))]
      .filter((types) => types.length === 0 || types.some((type) => !sendable.includes(type)))
      .map((types) => `consumes "${types.join(', ')}"`);
  },
  'a replacement is named only where the operation is deprecated'(document) {
    const annotated = operationsIn(document).filter(({ it }) => 'replacement' in Object(it['x-ms-api-annotation']));
    return annotated.filter(({ it }) => it.deprecated !== true).map(({ place }) => place);
  },
  'a link to the next page is called nextLink or @odata.nextLink'(document) {
    return operationsIn(document).flatMap(({ place, it }) => {
      const { nextLinkName } = (it['x-ms-pageable'] ?? { nextLinkName: 'nextLink' }) as { nextLinkName?: string };
      return ['nextLink', '@odata.nextLink'].includes(String(nextLinkName))
        ? []
        : [`${place}: ${String(nextLinkName)}`];
    });
  },
};
