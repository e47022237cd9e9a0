import { existsSync } from 'node:fs';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';

const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Tests that need a browser; where there is none they are skipped, and say so. */
export const inChromium = existsSync(path)
  ? test
  : (title: string) => test.skip(`${title} (no Chromium at ${path})`, noop);

function noop(): void {
  // Never run.
}

/** A page, and everything on it that is not as it should be. */
export interface OpenPage {
  page: Page;
  /** Errors, refusals of the browser, failed requests and requests to other hosts. */
  complaints: string[];
  /** Addresses of all requests but those that carry their content in themselves. */
  requests: string[];
  close(): Promise<void>;
}

let browser: Browser | undefined;

/** Ends the browser, if a test has needed one. */
export const closeBrowser = async (): Promise<void> => browser?.close();

/** A new page; the browser starts with the first. */
export async function openPage(base: string): Promise<OpenPage> {
  browser ??= await puppeteer.launch({ executablePath: path, args: ['--no-sandbox'] });
  const page = await browser.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warn') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('requestfailed', (request) => complaints.push(`failed: ${request.url()}`));
  page.on('request', (request) => {
    if (request.url().startsWith('data:')) return;
    requests.push(request.url());
    if (!request.url().startsWith(base)) complaints.push(`elsewhere: ${request.url()}`);
  });
  return { page, complaints, requests, close: () => page.close() };
}
