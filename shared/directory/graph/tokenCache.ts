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
  /** Tokens held at most, besides those that are being asked for; the one that was not used for longest goes first. */
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
/** Whoever comes this late with a challenge was refused with the token before the one that answered it. */
const lateMs = 10_000;

interface Flight {
  claims: string | undefined;
  token: Promise<string>;
}

interface Held {
  token: string;
  /** What it was asked for with, and when. */
  claims: string | undefined;
  since: number;
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
      const time = now().getTime();
      if (claims !== undefined) {
        if (slot.held?.claims === claims && time - slot.held.since < lateMs) return slot.held.token;
        delete slot.held; // It was refused.
        return slot.flight?.claims === claims ? slot.flight.token : start(key, slot, fetch, claims);
      }
      if (slot.held && time < slot.held.usableUntil) {
        const { token, renewAt } = slot.held;
        if (time >= renewAt && !slot.flight) renew(key, slot, slot.held, fetch);
        return token;
      }
      return slot.flight?.token ?? start(key, slot, fetch);
    },
  };

  function touch(key: string): Slot {
    const slot = slots.get(key) ?? {};
    slots.delete(key);
    slots.set(key, slot);
    for (const [oldest, { flight }] of slots) {
      if (slots.size <= maxTokens || oldest === key) break;
      if (!flight) slots.delete(oldest); // For a request under way somebody waits.
    }
    return slot;
  }

  /** A later request takes the place of an earlier one, whose token is then given to those who wait, and not kept. */
  function start(key: string, slot: Slot, fetch: FetchToken, claims?: string): Promise<string> {
    const flight: Flight = {
      claims,
      token: fetch(claims)
        .then((fetched) => {
          if (slot.flight === flight) slot.held = held(fetched, claims);
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

  function renew(key: string, slot: Slot, old: Held, fetch: FetchToken): void {
    start(key, slot, fetch).catch((error: unknown) => {
      old.renewAt = now().getTime() + pauseMs;
      const isUsers = error instanceof GraphError && error.status < 500;
      if (!isUsers) warn(`A token for Microsoft Graph could not be renewed yet: ${reasonOf(error)}`);
    });
  }

  /** An authority with a cache of its own may have given the same token again: so the pause. */
  function held({ token, expiresAt, refreshAt = Infinity }: AccessToken, claims: string | undefined): Held {
    const since = now().getTime();
    const early = expiresAt - Math.min(earlyMs, (expiresAt - since) / 2);
    const renewAt = Math.max(Math.min(refreshAt, early), since + pauseMs);
    return { token, claims, since, usableUntil: expiresAt - travelMs, renewAt };
  }
}

function reasonOf(error: unknown): string {
  const reason = error instanceof GraphError ? (error.cause ?? error) : error;
  return reason instanceof Error ? reason.message : String(reason);
}
