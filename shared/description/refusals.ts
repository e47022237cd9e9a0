import { errorCodes, type ErrorCode } from '../contract/errors.ts';

/** A status other than success, with what it means. */
export interface Refusal {
  status: number;
  description: string;
}

/** Codes that only some operations answer with. */
const conditions: Partial<Record<ErrorCode, (about: About) => boolean>> = {
  LengthRequired: ({ hasBody }) => hasBody,
  RequestEntityTooLarge: ({ hasBody }) => hasBody,
  Request_ResourceNotFound: ({ names }) => names,
  OutcomeUnknown: ({ creates }) => creates,
  // Inside a batch only; the batch itself is not answered with it.
  FailedDependency: () => false,
};

/** What of an operation decides how it can fail. */
interface About {
  hasBody: boolean;
  /** Its address names something that may not be there. */
  names: boolean;
  creates: boolean;
}

/** Every status with which an operation can refuse a request: the catalogue of errors, one entry for each status. */
export function refusalsOf(about: About): Refusal[] {
  const meanings = new Map<number, string[]>();
  for (const [code, { status, meaning }] of Object.entries(errorCodes)) {
    if (conditions[code as ErrorCode]?.(about) === false) continue;
    meanings.set(status, [...(meanings.get(status) ?? []), meaning]);
  }
  return [...meanings]
    .map(([status, texts]) => ({ status, description: texts.join(' ') }))
    .toSorted((a, b) => a.status - b.status);
}
