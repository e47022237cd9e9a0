import { bindContent } from '../bindings/content.ts';
import type { Register } from '../bindings/register.ts';

/** What the page loads. */
const assets = ['explorer.css', 'explorer.js', 'icon.svg', 'swagger-ui.css', 'swagger-ui-bundle.js'];
const oneOfThem = assets.join('|').replaceAll('.', '\\.');

/** GET / is a page to try the operations on, /explorer/… what it loads. Both may be absent: an empty route would be the function's name. */
const route = `{explorer:regex(^explorer$)?}/{asset:regex(^(${oneOfThem})$)?}`;

export const register: Register = (app) =>
  bindContent(app, 'explorer', route, async ({ params }) => {
    const { readPage } = await import('../pages.ts');
    return readPage(params.asset?.toLowerCase() ?? 'index.html');
  });
