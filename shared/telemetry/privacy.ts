/** Whether names of people may be recorded: user principal names, display names. Object ids always are. */
export type PersonalData = 'redacted' | 'full';

/** Takes out of a text what must not be recorded. */
export type Redact = (text: string) => string;

/** Texts come from outside: each expression begins at the edge of a word only, so that its time grows with the text and not faster. */
type Replacement = readonly [what: RegExp, by: string];

/** The value of a member: in JSON, in JSON within a text, and as `inspect` prints it; to the end, where it is cut off. */
const valueOf = (member: string, by: string): Replacement => [
  new RegExp(`(\\b${member}\\\\?["']?\\s*[:=]\\s*)(?:(\\\\["'])(?:(?!\\2)[^])*|(["'])(?:\\\\.|(?!\\3)[^\\\\])*)`, 'gi'),
  `$1$2$3${by}`,
];

/** What would let somebody in, or pass for a device: recorded nowhere, whatever the settings say. */
const secrets: readonly Replacement[] = [
  [/(?<![\w-])eyJ[\w-]{5,}(?:\.[\w-]*){1,4}/g, '[token]'],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, '$1 [token]'],
  valueOf('key', '[key]'),
];

const guid = '[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}';

const personal: readonly Replacement[] = [
  [new RegExp(`(/users/)(?!${guid}(?:[/?"'\\s]|$))[^/?"'\\s]+`, 'gi'), '$1[name]'],
  [/(?<![^\s"'<>/()=,;:{}[\]])[^\s"'<>/()=,;:{}[\]]+(?:@|%40)[^\s"'<>/()=,;:{}[\]]+/gi, '[name]'],
  valueOf('(?:displayName|userPrincipalName|mail|givenName|surname)', '[name]'),
];

/** Nearly every path has nothing of the kind. */
const isSuspicious = /\/users\/|@|%|eyJ|["']|\b(?:bearer|basic)\b/i;

/** Addresses of users are `/users/[name]` then; see docs/telemetry.md for the whole list. */
export function redactor(personalData: PersonalData): Redact {
  const replacements = personalData === 'full' ? secrets : [...secrets, ...personal];
  return (text) =>
    isSuspicious.test(text) ? replacements.reduce((rest, [what, by]) => rest.replace(what, by), text) : text;
}
