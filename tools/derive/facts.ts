import { tidy } from './inlineText.ts';

/** What the prose of a description says about a property. */
export interface Facts {
  required?: true;
  readOnly?: true;
  neverNull?: true;
  onlyOnSelect?: true;
  guid?: true;
  /** Characters; for a collection, those of each item. */
  maxLength?: number;
  maxItems?: number;
  possibleValues?: string[];
  /** Values that are taken although the type says otherwise, because a page shows them. */
  alsoAccepted?: string[];
  /** What `$filter` can do with it: operators and functions, `null` for comparing with it, and `/$count eq 0`. */
  filter?: string[];
  orderby?: true;
  search?: true;
}

const statements: Record<'required' | 'readOnly' | 'neverNull' | 'onlyOnSelect' | 'guid', RegExp> = {
  required: /(?<!\b[Nn]ot )\bRequired\b(?! (?:only|if|when|unless)\b)/,
  readOnly: /\bread-only\b/i,
  neverNull: /\bnot nullable\b/i,
  onlyOnSelect: /\breturned only on \$select\b/i,
  guid: /\bmust be a GUID\b/i,
};
const length = /\bmaximum length(?: is| of|:)? ([\d,]+)|\bmaximum(?: is| of)? ([\d,]+) characters/i;
const items = /\bat most ([\d,]+) items\b/i;
const values = /\bpossible values(?: [a-z]+)*: ?/i;
const alsoAccepted = /\balso accepted as documented: /i;

/** The sentence about query options: `Supports $filter (eq, in, and eq on null values), $search, and $orderby.` */
const supports = /\bsupports (\$.+?)(?:\.(?= |$)|$)/i;
const filterable = /\$filter ?\(([^)]*)\)/i;
const filterWord = /^(?:eq|ne|not|in|ge|gt|le|lt|startsWith|endsWith|contains|null|\/\$count (?:eq|ne) 0)$/;

const toNumber = (text: string | undefined): number | undefined =>
  text ? Number(text.replaceAll(',', '')) : undefined;

/** @param description the Markdown source of a table cell */
export function factsOf(description: string): Facts {
  const source = tidy(description.replaceAll('**', ''));
  const prose = source.replaceAll('`', '');
  const facts: Facts = {};
  for (const [name, pattern] of Object.entries(statements)) {
    if (pattern.test(prose)) facts[name as keyof typeof statements] = true;
  }
  const maxLength = toNumber(length.exec(prose)?.slice(1).find(Boolean));
  const maxItems = toNumber(items.exec(prose)?.[1]);
  const possibleValues = listAfter(values, source);
  const accepted = listAfter(alsoAccepted, source);
  if (maxLength !== undefined) facts.maxLength = maxLength;
  if (maxItems !== undefined) facts.maxItems = maxItems;
  if (possibleValues.length > 0) facts.possibleValues = possibleValues;
  if (accepted.length > 0) facts.alsoAccepted = accepted;
  return { ...facts, ...queryFacts(prose) };
}

function queryFacts(prose: string): Pick<Facts, 'filter' | 'orderby' | 'search'> {
  const options = supports.exec(prose)?.[1] ?? '';
  const filter = (filterable.exec(options)?.[1] ?? '')
    .split(/,(?: ?and)?| and /)
    .map((word) => (/\bon null\b/.test(word) ? 'null' : word.trim()))
    .filter((word) => filterWord.test(word));
  return {
    ...(filter.length > 0 && { filter }),
    ...(/\$orderby\b/i.test(options) && { orderby: true }),
    ...(/\$search\b/i.test(options) && { search: true }),
  };
}

/** The values named after `lead`: in code spans, or as bare words up to the full stop. */
function listAfter(lead: RegExp, source: string): string[] {
  const found = lead.exec(source);
  if (!found) return [];
  const list = source.slice(found.index + found[0].length);
  if (!list.startsWith('`')) {
    const words = (list.split('.')[0] ?? '').split(/, (?:and |or )?| (?:and|or) /);
    return words.every((word) => /^[\w-]+$/.test(word)) ? words : [];
  }
  const span = /(?:,? ?(?:and |or )?)`([^`]+)`(?: \([^)]*\))?/y;
  const spans: string[] = [];
  for (let match = span.exec(list); match?.[1] !== undefined; match = span.exec(list)) spans.push(match[1]);
  return spans;
}
