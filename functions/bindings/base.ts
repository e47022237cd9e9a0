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
  const scheme = firstOf(headers.get('x-forwarded-proto'));
  const host = firstOf(headers.get('x-forwarded-host'));
  const forwarded = `${scheme ?? addressed.slice(0, addressed.indexOf(':'))}://${host ?? addressed.slice(addressed.indexOf('//') + 2)}`;
  return URL.canParse(forwarded) ? new URL(forwarded).origin : addressed;
}

/** Each proxy on the way adds a value; the first is what the caller used. */
const firstOf = (header: string | null): string | undefined => /[^,\s][^,]*/.exec(header ?? '')?.[0].trim();
