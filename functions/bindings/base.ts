import type { HttpRequest } from '@azure/functions';
import type { Services } from '../../shared/compose.ts';

/**
 * Scheme and host by which answers call this service, without trailing slash.
 * `X-Forwarded-*` is believed only where the settings say so: anybody can send it.
 */
export function baseOf(
  { url, headers }: Pick<HttpRequest, 'url' | 'headers'>,
  { publicBaseUrl, trustForwarded }: Pick<Services, 'publicBaseUrl' | 'trustForwarded'>,
): string {
  if (publicBaseUrl !== undefined) return publicBaseUrl;
  const addressed = url.slice(0, url.indexOf('/', url.indexOf('//') + 2));
  if (!trustForwarded) return addressed;
  const scheme = firstOf(headers.get('x-forwarded-proto'), /^https?$/i)?.toLowerCase();
  const host = firstOf(headers.get('x-forwarded-host'), /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i);
  const [addressedScheme = '', addressedHost = ''] = addressed.split('://');
  return `${scheme ?? addressedScheme}://${host ?? addressedHost}`;
}

/** Each proxy on the way adds a value; the first is what the caller used. One that is not of the right form counts as none. */
function firstOf(header: string | null, form: RegExp): string | undefined {
  const value = header?.split(',')[0]?.trim();
  return value !== undefined && form.test(value) ? value : undefined;
}
