import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWK } from 'jose';

export const contoso = '8d6c5b4a-3f2e-4d1c-9b0a-1f2e3d4c5b6a';
export const fabrikam = '1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d';
export const registrar = 'e3a1c5d7-9b2f-4e6a-8c0d-5f7b9a1c3e5d';
export const registrarUri = 'api://registrar.contoso.com';
export const adele = '7f0c5b1e-0b7e-4c35-9f4b-0d5d6a7b8c9d';
export const grady = '2d4f6a8c-1e3b-4c5d-9f7a-8b6c4d2e0f1a';
export const nightJob = '5b7d9f1a-3c5e-4a6b-8d0f-2a4c6e8b0d1f';
export const workflow = '9c1e3a5b-7d9f-4b2d-8e6a-0c2e4a6b8d1f';

export const intuneAdministrator = '3a2c62db-5318-420d-8d74-23affee5d9d5';

/** A pair of keys, with the id under which it is published. */
export interface SigningKey {
  privateKey: CryptoKey;
  publicJwk: JWK;
}

export async function signingKey(kid: string): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
  return { privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, use: 'sig' } };
}

type Reply = (response: ServerResponse) => void;

/** The login host of the tenants, as far as keys go: a real server on loopback, reached under any host's name. */
export interface LoginHost {
  /** What is published now. */
  published: JWK[];
  /** Paths that were asked for. */
  asked: string[];
  /** Hosts that were asked. */
  hosts: Set<string>;
  /** Answers instead, where it is set. */
  reply: Reply | undefined;
  /** A `fetch` that takes every https address to this server. */
  fetch: typeof fetch;
  stop(): Promise<void>;
}

export async function loginHost(published: JWK[]): Promise<LoginHost> {
  const server: Server = createServer((request, response) => {
    host.asked.push(request.url ?? '');
    if (host.reply) host.reply(response);
    else response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: host.published }));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const host: LoginHost = {
    published,
    asked: [],
    hosts: new Set(),
    reply: undefined,
    fetch(input, init) {
      const url = new URL(input instanceof Request ? input.url : input);
      host.hosts.add(url.origin);
      return fetch(`http://127.0.0.1:${port}${url.pathname}${url.search}`, init);
    },
    stop: () =>
      new Promise((stopped) => {
        server.close(() => stopped());
        server.closeAllConnections();
      }),
  };
  return host;
}

export type Claims = Record<string, unknown>;

/** Claims of a version 2 token for Adele, valid for an hour around `now`; what is undefined is left out. */
export const userClaims = (now: Date, changes: Claims = {}): Claims => ({
  ver: '2.0',
  iss: `https://login.microsoftonline.com/${contoso}/v2.0`,
  aud: registrar,
  tid: contoso,
  oid: adele,
  sub: 'Zm9yIHRoaXMgYXBwIG9ubHk',
  azp: workflow,
  scp: 'Directory.AccessAsUser.All Device.Read.All',
  iat: seconds(now) - 60,
  nbf: seconds(now) - 60,
  exp: seconds(now) + 3600,
  ...changes,
});

/** The same of an application. */
export const applicationClaims = (now: Date, changes: Claims = {}): Claims =>
  userClaims(now, { oid: nightJob, sub: nightJob, scp: undefined, roles: ['Device.ReadWrite.All'], ...changes });

export const seconds = (time: Date): number => Math.floor(time.getTime() / 1000);

/** A token with these claims, signed as Entra does. */
export const signed = (claims: Claims, { privateKey, publicJwk }: SigningKey, header: object = {}): Promise<string> =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: publicJwk.kid ?? '', ...header })
    .sign(privateKey);
