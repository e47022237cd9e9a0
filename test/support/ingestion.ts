import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** One record as Application Insights takes it; what belongs to which type stands in `data.baseData`. */
export interface Envelope {
  name: string;
  time: string;
  sampleRate: number;
  tags: Record<string, string>;
  data: { baseType: string; baseData: BaseData };
}

export interface BaseData {
  name?: string;
  url?: string;
  data?: string;
  target?: string;
  id?: string;
  success?: boolean;
  resultCode?: string;
  responseCode?: string;
  properties?: Record<string, string>;
  measurements?: Record<string, number>;
  metrics?: { name: string; value: number; count?: number }[];
  exceptions?: { typeName: string; message: string; stack: string }[];
}

/** Stands for the ingestion endpoint of Application Insights. */
export interface Ingestion {
  /** Settings that lead an app here, and to nowhere else. */
  env: Record<string, string>;
  /** Everything that came, as text. */
  text(): string;
  envelopes(type?: string): Envelope[];
  /** What is answered. */
  status: number;
  /** The tokens with which records came, one for each post. */
  authorizations: (string | undefined)[];
  stop(): Promise<void>;
}

const key = '0f8fad5b-d9cb-469f-a165-70867728950e';

/**
 * Listens on 127.0.0.1. The app must run in another process: the SDK of Application Insights sets up a whole process.
 * @param tls key and certificate, for HTTPS
 */
export async function openIngestion(tls?: { key: string; cert: string }): Promise<Ingestion> {
  const bodies: string[] = [];
  const listener: RequestListener = (request, response) => {
    void textOf(request).then((body) => {
      ingestion.authorizations.push(request.headers.authorization);
      if (ingestion.status === 200) bodies.push(body);
      const count = (JSON.parse(body) as unknown[]).length;
      response
        .writeHead(ingestion.status, { 'Content-Type': 'application/json' })
        .end(JSON.stringify({ itemsReceived: count, itemsAccepted: count, errors: [] }));
    });
  };
  const server = tls ? createSecureServer(tls, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const ingestion: Ingestion = {
    env: {
      APPLICATIONINSIGHTS_CONNECTION_STRING: `InstrumentationKey=${key};IngestionEndpoint=https://127.0.0.1:1/`,
      TELEMETRY_ENDPOINT: `${tls ? 'https' : 'http'}://127.0.0.1:${port}/v2.1`,
      WEBSITE_SITE_NAME: 'registrar-test',
      FUNCTIONS_EXTENSION_VERSION: '~4',
    },
    text: () => bodies.join('\n'),
    envelopes: (type) =>
      bodies
        .flatMap((body) => JSON.parse(body) as Envelope[])
        .filter(({ data }) => type === undefined || data.baseType === type),
    status: 200,
    authorizations: [],
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return ingestion;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
