/**
 * What the changelog says of a version, without its heading.
 * @param version such as `1.2.0`, or the tag `v1.2.0`
 * @throws Error when there is no section of that version, or nothing in it
 */
export function releaseNotes(changelog: string, version: string): string {
  const wanted = version.replace(/^v/, '');
  const sections = changelog.split(/^## /m).slice(1);
  const section = sections.find((text) => text.startsWith(`[${wanted}]`));
  if (section === undefined) {
    const known = sections.map((text) => /^\[([^\]]+)\]/.exec(text)?.[1]).join(', ');
    throw new Error(`CHANGELOG.md has no section [${wanted}]; it has ${known || 'none'}.`);
  }
  const notes = section.replace(/^.*\n?/, '').trim();
  if (notes === '') throw new Error(`CHANGELOG.md says nothing of ${wanted}.`);
  return notes;
}
