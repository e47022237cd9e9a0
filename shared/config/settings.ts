import { cloudNames, clouds } from '../contract/clouds.ts';

/** One setting: an environment variable, or a value of `local.settings.json`. */
export type Setting = {
  description: string;
  /** Whether the templates in `infra/` give it a value: always, where a deployment wishes, or never (local, or a secret). */
  deployed: 'always' | 'optional' | 'never';
  /** Its value is shown to nobody: in no message, log or page. */
  secret?: true;
} & (
  | { type: 'text'; default?: string }
  | { type: 'integer'; minimum: number; maximum: number; default?: number }
  /** NCRONTAB of six fields, with seconds. */
  | { type: 'schedule'; default: string }
  | { type: 'boolean'; default: boolean }
  | { type: 'guid'; default?: string }
  /** `names` may be written instead of the addresses that they stand for. */
  | { type: 'url'; names?: Readonly<Record<string, string>>; default?: string }
  /** Without a default it must be chosen where it is needed. */
  | { type: 'choice'; choices: readonly string[]; default?: string }
  | { type: 'list'; of: 'guid' | 'audience'; default: readonly string[] }
);

/** Every setting the app reads; `docs/settings.md`, the README's table and the sample file follow from it. */
export const settings = {
  HOST: {
    type: 'text',
    default: '127.0.0.1',
    deployed: 'never',
    description: 'Address on which the local host listens.',
  },
  PORT: {
    type: 'integer',
    minimum: 0,
    maximum: 65535,
    default: 7071,
    deployed: 'never',
    description: 'Port on which the local host listens; 0 takes any free one.',
  },
  DIRECTORY_MODE: {
    type: 'choice',
    choices: ['emulator', 'graph'],
    default: 'emulator',
    deployed: 'always',
    description: 'Who answers: the embedded directory, or Microsoft Graph behind this app.',
  },
  CONTRACT: {
    type: 'choice',
    choices: ['documented', 'current'],
    default: 'documented',
    deployed: 'optional',
    description: "Answer as the documentation says, or as today's Graph does (docs/sources.md).",
  },
  AUTH_MODE: {
    type: 'choice',
    choices: ['emulator', 'entra', 'easyauth', 'passthrough'],
    default: 'emulator',
    deployed: 'always',
    description: 'Who may call: anybody with a bearer token, or callers whose token is checked (docs/callers.md).',
  },
  ENTRA_TENANT_IDS: {
    type: 'list',
    of: 'guid',
    default: [],
    deployed: 'always',
    description: 'Tenants whose tokens are accepted (docs/callers.md).',
  },
  ENTRA_AUDIENCES: {
    type: 'list',
    of: 'audience',
    default: [],
    deployed: 'always',
    description: "Whom tokens must be for: the client id and the App ID URI of this app's own registration.",
  },
  ENTRA_CLOUD: {
    type: 'choice',
    choices: cloudNames,
    default: 'global',
    deployed: 'always',
    description: 'The cloud that issues the tokens.',
  },
  ENTRA_CLOCK_TOLERANCE_S: {
    type: 'integer',
    minimum: 0,
    maximum: 600,
    default: 300,
    deployed: 'optional',
    description: 'Seconds by which the clock here and that of the issuer may differ.',
  },
  GRAPH_TIMEOUT_MS: {
    type: 'integer',
    minimum: 100,
    maximum: 200_000,
    default: 10_000,
    deployed: 'optional',
    description: 'Milliseconds that one call of Microsoft Graph may take.',
  },
  GRAPH_TIME_BUDGET_S: {
    type: 'integer',
    minimum: 1,
    maximum: 200,
    default: 100,
    deployed: 'optional',
    description: 'Seconds in which a request is answered, repetitions included; the platform ends it at 230.',
  },
  EMULATOR_STORE: {
    type: 'choice',
    choices: ['sqlite', 'memory', 'azureTable'],
    default: 'sqlite',
    deployed: 'never',
    description: 'Where the embedded directory keeps its objects.',
  },
  EMULATOR_SYNCHRONOUS: {
    type: 'choice',
    choices: ['NORMAL', 'FULL'],
    default: 'NORMAL',
    deployed: 'never',
    description: 'What an answered write survives: the end of the process (NORMAL), or a power failure as well (FULL).',
  },
  EMULATOR_USERS: {
    type: 'text',
    deployed: 'never',
    description:
      'JSON file with the users of the embedded directory; without it whoever is mentioned exists (docs/users.md).',
  },
  DATA_DIR: {
    type: 'text',
    default: '.data',
    deployed: 'never',
    description: 'Folder of the embedded directory, and of the storage of jobs.',
  },
  AzureWebJobsStorage: {
    type: 'text',
    secret: true,
    deployed: 'never',
    description:
      'Connection string of the storage account of jobs; by default the embedded one (docs/local-storage.md). On Azure prefer an identity.',
  },
  AzureWebJobsStorage__blobServiceUri: {
    type: 'url',
    deployed: 'always',
    description: 'Where the blobs of that account are, for an identity; queues and tables likewise.',
  },
  AzureWebJobsStorage__queueServiceUri: {
    type: 'url',
    deployed: 'always',
    description: 'Where its queues are.',
  },
  AzureWebJobsStorage__tableServiceUri: {
    type: 'url',
    deployed: 'always',
    description: 'Where its tables are.',
  },
  AzureWebJobsStorage__clientId: {
    type: 'guid',
    deployed: 'always',
    description: 'The user-assigned identity that uses it.',
  },
  LOCAL_STORAGE: {
    type: 'choice',
    choices: ['azurite', 'none'],
    default: 'azurite',
    deployed: 'never',
    description:
      'Storage of jobs under the local host without `AzureWebJobsStorage`: an Azurite of its own, or none, and then no jobs.',
  },
  BULK_MAX_UPLOAD_MB: {
    type: 'integer',
    minimum: 1,
    maximum: 90,
    default: 32,
    deployed: 'optional',
    description: 'Largest manifest that can be sent, in MB; larger ones are put into the inbox (docs/bulk.md).',
  },
  BULK_SCHEDULE: {
    type: 'schedule',
    default: '0 * * * * *',
    deployed: 'optional',
    description: 'When files in the inbox become jobs: second, minute, hour, day, month, weekday.',
  },
  BULK_WRITES_PER_150S: {
    type: 'integer',
    minimum: 0,
    maximum: 18_000,
    deployed: 'optional',
    description:
      'Writes in 150 seconds by all jobs together; 0 is without bounds. By default 3000 before Microsoft Graph, which allows no more, and 0 with the embedded directory.',
  },
  BULK_STALLED_S: {
    type: 'integer',
    minimum: 1,
    maximum: 3600,
    default: 120,
    deployed: 'optional',
    description: 'Seconds without progress after which what is missing of a job is sent again.',
  },
  BULK_SWEEP_SCHEDULE: {
    type: 'schedule',
    default: '0 * * * * *',
    deployed: 'optional',
    description: 'When jobs without progress are looked for.',
  },
  PUBLIC_BASE_URL: {
    type: 'url',
    deployed: 'optional',
    description:
      'How answers call this service, for example `https://devices.contoso.com`, without a path; by default as the caller did.',
  },
  TRUST_FORWARDED: {
    type: 'boolean',
    default: false,
    deployed: 'optional',
    description: 'Believe `X-Forwarded-Host` and `X-Forwarded-Proto`: only behind a proxy that sets them.',
  },
  GRAPH_BASE_URL: {
    type: 'url',
    names: Object.fromEntries(cloudNames.map((name) => [name, `https://${clouds[name].graphHost}`])),
    default: `https://${clouds.global.graphHost}`,
    deployed: 'always',
    description: 'Microsoft Graph, without version: a cloud by its name, or any other address.',
  },
  GRAPH_CREDENTIAL: {
    type: 'choice',
    choices: [
      'managedIdentity',
      'onBehalfOf',
      'clientSecret',
      'clientCertificate',
      'azureCli',
      'callerToken',
      'delegatedSession',
    ],
    deployed: 'always',
    description: 'As whom Microsoft Graph is called (docs/credentials.md).',
  },
  GRAPH_TENANT_ID: { type: 'guid', deployed: 'always', description: 'Tenant in which Microsoft Graph is called.' },
  GRAPH_CLIENT_ID: {
    type: 'guid',
    deployed: 'always',
    description: 'App registration as which Microsoft Graph is called.',
  },
  GRAPH_CLIENT_SECRET: {
    type: 'text',
    secret: true,
    deployed: 'never',
    description: 'Client secret of the app registration; better a reference to Key Vault than the secret itself.',
  },
  GRAPH_CLIENT_CERTIFICATE_PATH: {
    type: 'text',
    deployed: 'never',
    description: 'PEM file with certificate and private key of the app registration.',
  },
  GRAPH_MANAGED_IDENTITY_CLIENT_ID: {
    type: 'guid',
    deployed: 'always',
    description:
      'User-assigned identity: as which Graph is called, or, with `onBehalfOf`, which vouches for the app registration.',
  },
  GRAPH_AUTHORITY_HOST: {
    type: 'url',
    deployed: 'never',
    description: 'Where tokens for Microsoft Graph come from; by default the login service of its cloud.',
  },
  LOG_FORMAT: {
    type: 'choice',
    choices: ['text', 'json', 'none'],
    default: 'text',
    deployed: 'never',
    description: 'How the local host tells of each request: a line to read, a line of JSON, or not at all.',
  },
  APPLICATIONINSIGHTS_CONNECTION_STRING: {
    type: 'text',
    secret: true,
    deployed: 'always',
    description: 'Application Insights to which the app tells what it does (docs/telemetry.md).',
  },
  APPLICATIONINSIGHTS_AUTHENTICATION_STRING: {
    type: 'text',
    deployed: 'always',
    description: 'Sends it as a managed identity: `Authorization=AAD`, or `ClientId={GUID};Authorization=AAD`.',
  },
  TELEMETRY_SAMPLING_PERCENT: {
    type: 'integer',
    minimum: 0,
    maximum: 100,
    default: 100,
    deployed: 'optional',
    description: 'Share of the traces of which details are sent; metrics and audit events count everything.',
  },
  TELEMETRY_LIVE_METRICS: {
    type: 'boolean',
    default: false,
    deployed: 'optional',
    description: 'Feed Live Metrics in the portal.',
  },
  TELEMETRY_PERSONAL_DATA: {
    type: 'choice',
    choices: ['redacted', 'full'],
    default: 'redacted',
    deployed: 'optional',
    description:
      'Whether log and telemetry may hold names of people; object ids are always there, tokens and keys never.',
  },
  TELEMETRY_ENDPOINT: {
    type: 'url',
    deployed: 'never',
    description: 'A collector on this machine that gets what Application Insights would get.',
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;

type ValueOf<S> = S extends { type: 'choice'; choices: readonly (infer C)[] }
  ? S extends { default: string }
    ? C
    : C | undefined
  : S extends { type: 'integer' }
    ? S extends { default: number }
      ? number
      : number | undefined
    : S extends { type: 'boolean' }
      ? boolean
      : S extends { type: 'list' }
        ? readonly string[]
        : S extends { default: string }
          ? string
          : string | undefined;

/** All settings, read and checked. */
export type Settings = Readonly<{ [Name in SettingName]: ValueOf<(typeof settings)[Name]> }>;
