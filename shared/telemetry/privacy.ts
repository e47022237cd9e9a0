/** Whether names of people may be recorded: user principal names, display names. Object ids always are. */
export type PersonalData = 'redacted' | 'full';

/** Takes out of a text what must not be recorded. */
export type Redact = (text: string) => string;

type Replacement = readonly [what: RegExp, by: string];

/** What would let somebody in, or pass for a device: recorded nowhere, whatever the settings say. */
const secrets: readonly Replacement[] = [
  [/\beyJ[\w-]{5,}(?:\.[\w-]*){1,4}/g, '[token]'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 [token]'],
  // In JSON, in what `inspect` prints, and in the piece of a text that a SyntaxError quotes.
  [/(\bkey\\?["']?\s*[:=]\s*\\?["'])(?:\\.|[^"'\\])*/gi, '$1[key]'],
];

const guid = '[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}';

const personal: readonly Replacement[] = [
  [new RegExp(`(/users/)(?!${guid}(?:[/?"'\\s]|$))[^/?"'\\s]+`, 'gi'), '$1[name]'],
  [/[^\s"'<>/()=,;:{}[\]]+(?:@|%40)[^\s"'<>/()=,;:{}[\]]+/gi, '[name]'],
  [/(\b(?:\w*name|mail)\\?["']?\s*[:=]\s*\\?["'])(?:\\.|[^"'\\])*/gi, '$1[name]'],
];

/** Nearly every path has nothing of the kind. */
const isSuspicious = /\/users\/|@|%|eyJ|["']|\b(?:bearer|basic)\b/i;

/** Addresses of users are `/users/[name]` then; see docs/telemetry.md for the whole list. */
export function redactor(personalData: PersonalData): Redact {
  const replacements = personalData === 'full' ? secrets : [...secrets, ...personal];
  return (text) =>
    isSuspicious.test(text) ? replacements.reduce((rest, [what, by]) => rest.replace(what, by), text) : text;
}
