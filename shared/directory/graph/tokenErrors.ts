import { GraphError } from '../../contract/errors.ts';
import { challenge } from './claimsChallenge.ts';
import type { Heard } from './conversation.ts';

/** Why there is no token, for the log: one line, freed of everything secret. */
export class NoToken extends Error {
  override readonly name = 'NoToken';
  /** Whether nobody would get one now: there is no need to ask for anybody else. */
  readonly isOutage: boolean;

  constructor(message: string, isOutage: boolean) {
    super(message);
    this.isOutage = isOutage;
  }
}

/** What is known about an attempt that failed. */
export interface Attempt {
  /** Whose token was asked for; only a user can be asked to sign in again. */
  for: 'user' | 'application';
  authorityHost: string;
  heard: Heard | undefined;
  /** What the library threw. */
  thrown: unknown;
  /** Texts that must not appear anywhere. */
  secrets: readonly string[];
}

/** Seconds after which it makes sense to try again, where the authority does not say. */
const usualWaitSeconds = 10;

/** AADSTS error of an assertion that is expired. Only for a better text: Microsoft may change these numbers. */
const expired = 500133;

/** The only place where a failure of `@azure/identity` becomes an error that the caller may see. */
export function toTokenError(attempt: Attempt): GraphError {
  const { heard, authorityHost } = attempt;
  const cause = new NoToken(lineOf(attempt), isOutage(attempt));
  if (!heard) return unavailable(cause);
  if ('unreachable' in heard) return unavailable(cause, usualWaitSeconds);
  const { status, body, retryAfterSeconds } = heard.answer;
  if (status === 429 || status >= 500 || body.error === 'temporarily_unavailable') {
    return unavailable(cause, retryAfterSeconds ?? usualWaitSeconds);
  }
  const isUsers = typeof body.claims === 'string' || userErrors.has(String(body.error));
  if (attempt.for === 'application' || !isUsers) return unavailable(cause);
  return refused(body, authorityHost, cause);
}

/** That the authority wants rest from one user says nothing of another. */
function isOutage({ heard, for: whom }: Attempt): boolean {
  if (!heard || 'unreachable' in heard) return heard !== undefined;
  const { status } = heard.answer;
  return status >= 500 || (status === 429 && whom === 'application');
}

/** Errors that the user, or an administrator, can do something about. */
const userErrors: ReadonlySet<string> = new Set([
  'interaction_required',
  'invalid_grant',
  'consent_required',
  'login_required',
]);

/** Nothing that the caller could mend. */
export const unavailable = (cause: unknown, retryAfterSeconds?: number): GraphError =>
  new GraphError('serviceNotAvailable', 'The service has no access to the directory at the moment.', {
    cause,
    ...(retryAfterSeconds !== undefined && { headers: { 'Retry-After': String(retryAfterSeconds) } }),
  });

/** On-behalf-of: the authority gives no token for this user. */
function refused(body: Readonly<Record<string, unknown>>, authorityHost: string, cause: NoToken): GraphError {
  const claims = typeof body.claims === 'string' ? body.claims : undefined;
  const codes: readonly unknown[] = Array.isArray(body.error_codes) ? body.error_codes : [];
  if (claims === undefined && codes.includes(expired)) {
    return new GraphError('InvalidAuthenticationToken', 'Lifetime validation failed, the token is expired.', {
      headers: { 'WWW-Authenticate': challenge(authorityHost) },
      cause,
    });
  }
  const needsConsent = body.suberror === 'consent_required' || body.error === 'consent_required';
  const number = typeof codes[0] === 'number' ? ` (AADSTS${codes[0]})` : '';
  const detail = needsConsent
    ? {
        code: 'ConsentRequired',
        message: `Nobody has consented yet that this service calls Microsoft Graph for the user${number}. An administrator can grant it.`,
      }
    : {
        code: 'InteractionRequired',
        message: `Microsoft Entra wants the user to sign in again, for example with a second factor, before this service may act for them${number}.`,
      };
  return new GraphError('Authorization_RequestDenied', 'Microsoft Entra gives no token for this user.', {
    details: [detail],
    ...(claims !== undefined && { headers: { 'WWW-Authenticate': challenge(authorityHost, claims) } }),
    cause,
  });
}

const maxLine = 1000;

/** What happened, in one line. */
function lineOf({ heard, thrown, secrets }: Attempt): string {
  const reason = thrown instanceof Error ? thrown.message : String(thrown);
  const text = heard ? whatWasHeard(heard, reason) : reason;
  return withoutSecrets(text.replace(/\s+/g, ' '), secrets).slice(0, maxLine);
}

/** @param reason of the library, for what the authority itself took for a success */
function whatWasHeard(heard: Heard, reason: string): string {
  if ('unreachable' in heard) return `${heard.host} cannot be reached: ${heard.unreachable}.`;
  const { status, body } = heard.answer;
  const said = [body.error, body.error_description ?? body.message].filter((part) => typeof part === 'string');
  const also = status < 400 ? [reason] : [];
  return `${heard.host} gives no token: ${[String(status), ...said, ...also].join(' ')}`;
}

/** The text without these secrets, and without anything that looks like a token. */
const withoutSecrets = (text: string, secrets: readonly string[]): string =>
  secrets.reduce((rest, secret) => rest.replaceAll(secret, '…'), text.replace(/\beyJ[\w-]+(?:\.[\w-]*)*/g, '…'));
