import { isFailure } from './examples.ts';
import type { Example } from './examples.ts';
import { sectionOf } from './page.ts';
import type { Page } from './page.ts';
import { lastSegment, spellType } from './typeNames.ts';
import type { TypeNames } from './typeNames.ts';

/** What a successful request is answered with. */
export interface Answer {
  status: number;
  type?: string;
  isCollection?: true;
  /** Of a body that is no JSON, such as `text/plain`. */
  mediaType?: string;
}

/** What the first example of success shows, or else what the Response section promises. */
export const findAnswer = (page: Page, examples: readonly Example[], names: TypeNames): Answer | undefined =>
  shownAnswer(examples) ?? promisedAnswer(page, names);

function shownAnswer(examples: readonly Example[]): Answer | undefined {
  const response = examples.find((example) => !isFailure(example))?.response;
  if (!response) return undefined;
  const { isCollection, status, type } = response;
  const mediaType = mediaTypeOf(response);
  return {
    status,
    ...(type === undefined ? {} : { type }),
    ...(isCollection ? { isCollection } : {}),
    ...(mediaType === undefined ? {} : { mediaType }),
  };
}

function mediaTypeOf({ headers }: Example['response']): string | undefined {
  const [, value = ''] = headers.find(([name]) => /^content-type$/i.test(name)) ?? [];
  const mediaType = value.replace(/;.*$/, '').trim().toLowerCase();
  return mediaType === '' || mediaType === 'application/json' ? undefined : mediaType;
}

function promisedAnswer(page: Page, names: TypeNames): Answer | undefined {
  const prose = sectionOf(page, /^response$/)?.paragraphs.find(({ text }) => /\b2\d\d\b/.test(text));
  const status = /\b2\d\d\b/.exec(prose?.text ?? '')?.[0];
  if (!prose || status === undefined) return undefined;
  const resource = prose.links.find(({ href }) => /(?:^|\/)resources\/[^/]+\.md$/.test(href))?.text;
  return {
    status: Number(status),
    ...(resource === undefined ? {} : { type: spellType(`microsoft.graph.${lastSegment(resource)}`, page, names) }),
    ...(/\bcollection\b/i.test(prose.text) ? { isCollection: true } : {}),
  };
}
