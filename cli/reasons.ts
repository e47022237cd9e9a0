import type { Answer } from './service.ts';

/** What to do about certificates that Node does not trust. */
const untrusted =
  'its certificate is not trusted here; NODE_EXTRA_CA_CERTS=FILE names a certificate to trust, as `npm start -- --https` prints it';

const certificateCodes = [
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
];

/** Why there was no answer; `fetch` hides that behind "fetch failed". */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'it did not answer in time';
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  const code = 'code' in cause ? String(cause.code) : '';
  if (code === 'ECONNREFUSED') return 'nothing listens there; `npm start` starts the app';
  if (certificateCodes.includes(code)) return untrusted;
  return cause.message || code;
}

interface ErrorBody {
  error?: { code?: string; message?: string; details?: { target?: string; message?: string }[] };
}

/** What an answer says is wrong: code and message of its error, with the details that say more. */
export function messageOf({ status, text }: Pick<Answer, 'status' | 'text'>): string {
  const { error } = errorIn(text);
  if (error?.code === undefined) return `it answered ${status}`;
  const message = error.message ?? '';
  const details = (error.details ?? []).map((detail) => detail.message ?? '').filter((more) => !message.includes(more));
  return [`${status} ${error.code}: ${message}`, ...details].join('\n  ');
}

/** A gateway in front of the service may answer with HTML, or with nothing. */
function errorIn(text: string): ErrorBody {
  try {
    const body = JSON.parse(text) as ErrorBody | null;
    return typeof body === 'object' && body !== null ? body : {};
  } catch {
    return {};
  }
}
