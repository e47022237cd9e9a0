import { GraphError } from '../../contract/errors.ts';

/** A token and its times, in milliseconds since 1970. */
export interface AccessToken {
  token: string;
  expiresAt: number;
  /** From when on the authority would like it renewed, where it says so. */
  refreshAt?: number;
}

/** Asks for a new token. @param claims answers a challenge; what is at hand anywhere does not do then */
export type FetchToken = (claims?: string) => Promise<AccessToken>;

export interface TokenCacheOptions {
  now(): Date;
  /** Takes a line about a token that could not be renewed yet. */
  warn(line: string): void;
  /** Tokens held at most; the one that was not used for longest goes first. */
  maxTokens?: number;
}

export interface TokenCache {
  /** @throws whatever `fetch` throws; a failure is not remembered */
  get(key: string, fetch: FetchToken, claims?: string): Promise<string>;
}

/** A token is renewed while it is good for this long, or for half of its life when that is shorter. */
const earlyMs = 300_000;
/** A token that ends within this time may be too old when it arrives. */
const travelMs = 30_000;
/** Between two attempts at renewing a token that is still good. */
const pauseMs = 30_000;

interface Flight {
  claims: string | undefined;
  token: Promise<string>;
}

interface Held {
  token: string;
  usableUntil: number;
  renewAt: number;
}

interface Slot {
  held?: Held;
  /** The request under way, which everybody waits for. */
  flight?: Flight;
}

/** Keeps tokens in memory, and nowhere else: one request for each key at a time, renewed before anybody has to wait. */
export function tokenCache({ now, warn, maxTokens = 1000 }: TokenCacheOptions): TokenCache {
  /** The least recently used first. */
  const slots = new Map<string, Slot>();

  return {
    async get(key, fetch, claims) {
      const slot = touch(key);
      if (claims !== undefined) {
        delete slot.held; // It was refused.
        return slot.flight?.claims === claims ? slot.flight.token : start(key, slot, fetch, claims);
      }
      const time = now().getTime();
      if (slot.held && time < slot.held.usableUntil) {
        if (time >= slot.held.renewAt && !slot.flight) renew(key, slot, fetch);
        return slot.held.token;
      }
      return slot.flight?.token ?? start(key, slot, fetch);
    },
  };

  function touch(key: string): Slot {
    const slot = slots.get(key) ?? {};
    slots.delete(key);
    slots.set(key, slot);
    for (const oldest of slots.keys()) {
      if (slots.size <= maxTokens) break;
      slots.delete(oldest);
    }
    return slot;
  }

  /** A later request takes the place of an earlier one, whose token is then given to those who wait, and not kept. */
  function start(key: string, slot: Slot, fetch: FetchToken, claims?: string): Promise<string> {
    const flight: Flight = {
      claims,
      token: fetch(claims)
        .then((fetched) => {
          if (slot.flight === flight) slot.held = timed(fetched);
          return fetched.token;
        })
        .finally(() => {
          if (slot.flight === flight) delete slot.flight;
          if (!slot.held && !slot.flight && slots.get(key) === slot) slots.delete(key);
        }),
    };
    slot.flight = flight;
    return flight.token;
  }

  function renew(key: string, slot: Slot, fetch: FetchToken): void {
    start(key, slot, fetch).catch((error: unknown) => {
      if (slot.held) slot.held.renewAt = now().getTime() + pauseMs;
      const isUsers = error instanceof GraphError && error.status < 500;
      if (!isUsers) warn(`A token for Microsoft Graph could not be renewed yet: ${reasonOf(error)}`);
    });
  }

  /** An authority with a cache of its own may have given the same token again: so the pause. */
  function timed({ token, expiresAt, refreshAt = Infinity }: AccessToken): Held {
    const time = now().getTime();
    const early = expiresAt - Math.min(earlyMs, (expiresAt - time) / 2);
    return {
      token,
      usableUntil: expiresAt - travelMs,
      renewAt: Math.max(Math.min(refreshAt, early), time + pauseMs),
    };
  }
}

function reasonOf(error: unknown): string {
  const reason = error instanceof GraphError ? (error.cause ?? error) : error;
  return reason instanceof Error ? reason.message : String(reason);
}
