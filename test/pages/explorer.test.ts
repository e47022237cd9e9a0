import { readFileSync, readdirSync } from 'node:fs';
import { closeBrowser, inChromium, openPage, type OpenPage } from '../support/browser.ts';
import { endLeftOvers, startApp, type RunningApp } from '../support/startApp.ts';

let app: RunningApp;
let opened: OpenPage | undefined;
beforeAll(async () => {
  app = await startApp({ EMULATOR_STORE: 'memory' });
});
afterEach(async () => {
  await opened?.close();
  opened = undefined;
});
afterAll(async () => {
  await closeBrowser();
  await app.stop();
  endLeftOvers();
});

/** Opens the explorer once its operations are there. */
async function explore(): Promise<OpenPage> {
  opened = await openPage(app.base);
  await opened.page.goto(app.base);
  await opened.page.waitForSelector('.opblock');
  return opened;
}

/** The text of each element, without the spaces of no width where a line may break. */
const textsOf = async ({ page }: OpenPage, selector: string): Promise<string[]> => {
  const texts = await page.evaluate(`[...document.querySelectorAll('${selector}')].map((each) => each.textContent)`);
  return (texts as string[]).map((text) => text.replaceAll('\u200b', '').trim());
};

inChromium('the explorer has our name, and begins with the documented endpoints', async () => {
  const explorer = await explore();
  expect(await explorer.page.title()).toBe('Device Registrar');
  expect(await textsOf(explorer, 'h1')).toEqual(['Device Registrar']);
  const addresses = await textsOf(explorer, '.opblock-summary-path');
  expect(addresses.slice(0, 3)).toEqual([
    '/devices',
    '/me/registeredDevices/$ref',
    '/users/{usersId}/registeredDevices/$ref',
  ]);
});

inChromium('any token, then the create that the page shows: the explorer shows the device', async () => {
  const explorer = await explore();
  const { page } = explorer;
  await page.type('#token', 'adele');
  await page.click('#caller button');
  expect(await textsOf(explorer, '#who')).toEqual(['Requests now carry the token “adele”.']);

  await page.click('#operations-Register-createDevice .opblock-summary-control');
  await page.waitForSelector('.btn.execute');
  const [shown = ''] = await textsOf(explorer, 'textarea.body-param__text');
  await page.click('.btn.execute');
  await page.waitForSelector('.live-responses-table .response-col_status');
  const [status] = await textsOf(explorer, '.live-responses-table .response .response-col_status');
  expect(status).toMatch(/^201/);
  const [answer = ''] = await textsOf(explorer, '.live-responses-table .highlight-code code');
  const device = JSON.parse(answer) as { id: string };
  expect(device).toMatchObject(JSON.parse(shown) as object);

  const found = await fetch(`${app.base}/v1.0/devices/${device.id}`, { headers: { authorization: 'Bearer adele' } });
  expect(found.status).toBe(200);
  expect(explorer.complaints).toEqual([]);
});

inChromium('a request without a token shows the error as it comes', async () => {
  const explorer = await explore();
  await explorer.page.click('#operations-Users-getMe .opblock-summary-control');
  await explorer.page.waitForSelector('.btn.execute');
  await explorer.page.click('.btn.execute');
  await explorer.page.waitForSelector('.live-responses-table .response-col_status');
  expect((await textsOf(explorer, '.live-responses-table .response .response-col_status'))[0]).toMatch(/^401/);
});

inChromium('the explorer asks nobody but this app for anything, and the browser has nothing to refuse', async () => {
  const { complaints, requests } = await explore();
  expect(complaints).toEqual([]);
  expect(requests).toContain(`${app.base}/explorer/swagger-ui-bundle.js`);
});

inChromium(
  'the explorer can be found one’s way in without seeing it: one main part, each id once, a label for the token',
  async () => {
    const { page } = await explore();
    const ids = (await page.evaluate("[...document.querySelectorAll('[id]')].map(({ id }) => id)")) as string[];
    expect(ids.filter((id, index) => ids.indexOf(id) < index)).toEqual([]);
    expect(await page.evaluate("document.querySelectorAll('main').length")).toBe(1);
    expect(await page.evaluate("document.getElementById('token').labels[0].textContent")).toBe('Bearer token');
  },
);

inChromium('the explorer is dark where the system is, and light elsewhere', async () => {
  const { page } = await explore();
  const grounds: number[] = [];
  for (const value of ['dark', 'light']) {
    await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
    await page.waitForFunction(`document.documentElement.matches('.dark-mode') === ${String(value === 'dark')}`);
    const colour = await page.evaluate('getComputedStyle(document.body).backgroundColor');
    grounds.push(Number(/\d+/.exec(String(colour))?.[0]));
  }
  expect(grounds[0]).toBeLessThan(64);
  expect(grounds[1]).toBeGreaterThan(192);
});

test.each(readdirSync('pages'))('pages/%s has no script or style in its text and names no other host', (name) => {
  const text = readFileSync(`pages/${name}`, 'utf8');
  expect(text).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)/);
  expect(text.replaceAll('http://www.w3.org/2000/svg', '')).not.toMatch(/\bhttps?:\/\/|["'(]\/\//);
});
