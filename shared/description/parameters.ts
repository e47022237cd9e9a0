import type { DescribedPage, PageParameter } from './pages.ts';

/** A value that a request carries beside its body. */
export interface DescribedParameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required: boolean;
  type: 'string' | 'integer' | 'number' | 'boolean';
  format?: string;
  /** Empty where the page says nothing of it. */
  description: string;
}

/** Headers that the client or the security scheme sets. */
const ownHeaders = /^(?:authorization|accept|content-type|content-length)$/i;

/** What the number of a list can be asked for. */
const ofNumbers = ['$filter', '$search'];

/** What goes into the placeholders of an address, its query and its headers, in that order. */
export function parametersOf(page: DescribedPage, path: string): DescribedParameter[] {
  const placeholders = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  return [
    ...placeholders.map((name) => {
      const described = page.pathParameters?.find((parameter) => parameter.name === name);
      return toParameter(described ?? { name, description: '' }, 'path');
    }),
    ...(page.queryParameters ?? [])
      .filter(({ name }) => !path.endsWith('/$count') || ofNumbers.includes(name))
      .map((parameter) => toParameter(parameter, 'query')),
    ...page.requestHeaders
      .filter(({ name }) => !ownHeaders.test(name))
      .map((parameter) => toParameter(parameter, 'header')),
  ];
}

function toParameter({ name, type, description }: PageParameter, place: DescribedParameter['in']): DescribedParameter {
  const required = place === 'path' || /(?<!\b[Nn]ot )\bRequired\b/.test(description);
  return { name, in: place, required, ...kindOf(type), description };
}

function kindOf(type = 'String'): Pick<DescribedParameter, 'type' | 'format'> {
  switch (type.toLowerCase()) {
    case 'boolean':
      return { type: 'boolean' };
    case 'int32':
    case 'int64':
      return { type: 'integer', format: type.toLowerCase() };
    case 'double':
      return { type: 'number', format: 'double' };
    case 'guid':
      return { type: 'string', format: 'uuid' };
    case 'datetimeoffset':
      return { type: 'string', format: 'date-time' };
    default:
      return { type: 'string' };
  }
}
