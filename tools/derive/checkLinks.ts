import { posix } from 'node:path';
import type { Page } from './page.ts';

/** Warns of relative links to pages that are not there; addresses of other sites and of folders are not followed. */
export function checkLinks(page: Page, exists: (path: string) => boolean): void {
  for (const { href, line } of page.links) {
    const [file = ''] = href.split(/[#?]/);
    if (/^(?:[a-z][a-z0-9+.-]*:|\/)/i.test(file) || !/\.md$/i.test(file)) continue;
    if (!exists(posix.join(posix.dirname(page.path), file))) page.report.warn(line, `${href} leads to no file`);
  }
}
