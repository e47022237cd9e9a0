import { cloudNameOf } from '../contract/clouds.ts';
import { actsAsItself } from './ownCredentials.ts';
import type { Config } from './readConfig.ts';
import { loopback, type Rule } from './rule.ts';
import type { SettingName } from './settings.ts';

/** What `GRAPH_CREDENTIAL` cannot do without. */
const needs: Readonly<Partial<Record<NonNullable<Config['GRAPH_CREDENTIAL']>, readonly SettingName[]>>> = {
  managedIdentity: ['GRAPH_TENANT_ID'],
  azureCli: ['GRAPH_TENANT_ID'],
  onBehalfOf: ['GRAPH_TENANT_ID', 'GRAPH_CLIENT_ID'],
  clientSecret: ['GRAPH_TENANT_ID', 'GRAPH_CLIENT_ID', 'GRAPH_CLIENT_SECRET'],
  clientCertificate: ['GRAPH_TENANT_ID', 'GRAPH_CLIENT_ID', 'GRAPH_CLIENT_CERTIFICATE_PATH'],
};

/** Ways in which on-behalf-of can show which app it is. */
const proofs = [
  'GRAPH_CLIENT_SECRET',
  'GRAPH_CLIENT_CERTIFICATE_PATH',
  'GRAPH_MANAGED_IDENTITY_CLIENT_ID',
] as const satisfies readonly SettingName[];

/** Rules about the real directory and the credential for it. */
export function graphRules(config: Config): Rule[] {
  const { AUTH_MODE, DIRECTORY_MODE, GRAPH_CREDENTIAL: credential, isLocal } = config;
  const passesOn = credential === 'callerToken';
  const isPassthrough = AUTH_MODE === 'passthrough';
  if (DIRECTORY_MODE !== 'graph') {
    return [
      [
        isPassthrough,
        'AUTH_MODE=passthrough leaves it to Microsoft Graph to check tokens; it needs DIRECTORY_MODE=graph.',
      ],
    ];
  }
  return [
    [
      credential === undefined,
      'GRAPH_CREDENTIAL is missing: DIRECTORY_MODE=graph has to know as whom to call Microsoft Graph.',
    ],
    [
      isPassthrough && !passesOn,
      'AUTH_MODE=passthrough checks no token and needs GRAPH_CREDENTIAL=callerToken: anybody could use another credential.',
    ],
    [
      passesOn && !isPassthrough,
      'GRAPH_CREDENTIAL=callerToken needs AUTH_MODE=passthrough: a token that is checked here is meant for this app, and Graph refuses it.',
    ],
    ...missing(config),
    ...ambiguous(config),
    ...addresses(config),
    ...strangers(config),
    [credential === 'azureCli' && !isLocal, 'GRAPH_CREDENTIAL=azureCli is for local use only; choose managedIdentity.'],
    [credential === 'delegatedSession', 'GRAPH_CREDENTIAL=delegatedSession is not part of this release.'],
  ];
}

const missing = (config: Config): Rule[] =>
  ((config.GRAPH_CREDENTIAL && needs[config.GRAPH_CREDENTIAL]) ?? []).map((name) => [
    config[name] === undefined,
    `${name} is missing: GRAPH_CREDENTIAL=${String(config.GRAPH_CREDENTIAL)} needs it.`,
  ]);

function ambiguous(config: Config): Rule[] {
  const given = proofs.filter((name) => config[name] !== undefined);
  return [
    [
      config.GRAPH_CREDENTIAL === 'onBehalfOf' && given.length !== 1,
      `GRAPH_CREDENTIAL=onBehalfOf needs exactly one of ${proofs.join(', ')} (set: ${given.join(', ') || 'none'}).`,
    ],
  ];
}

/** Callers whom the place where Graph is called does not know. */
function strangers(config: Config): Rule[] {
  const { AUTH_MODE, ENTRA_CLOUD, ENTRA_TENANT_IDS, GRAPH_CREDENTIAL, GRAPH_TENANT_ID, GRAPH_BASE_URL } = config;
  const isChecked = AUTH_MODE === 'entra' || AUTH_MODE === 'easyauth';
  // With AUTH_MODE=entra an empty list is refused by itself.
  const areListed = AUTH_MODE === 'easyauth' || ENTRA_TENANT_IDS.length > 0;
  const cloud = cloudNameOf(new URL(GRAPH_BASE_URL).host);
  return [
    [
      isChecked && cloud !== undefined && cloud !== ENTRA_CLOUD,
      `GRAPH_BASE_URL is the Graph of ${String(cloud)}, but ENTRA_CLOUD is ${ENTRA_CLOUD}: tokens of one cloud are worth nothing in another.`,
    ],
    [
      isChecked &&
        GRAPH_CREDENTIAL === 'onBehalfOf' &&
        GRAPH_TENANT_ID !== undefined &&
        ENTRA_TENANT_IDS.length > 0 &&
        !ENTRA_TENANT_IDS.includes(GRAPH_TENANT_ID),
      'GRAPH_TENANT_ID is none of ENTRA_TENANT_IDS: on-behalf-of never crosses tenants, so that nobody could call.',
    ],
    [
      isChecked &&
        actsAsItself(config) &&
        GRAPH_TENANT_ID !== undefined &&
        areListed &&
        (ENTRA_TENANT_IDS.length === 0 || ENTRA_TENANT_IDS.some((id) => id !== GRAPH_TENANT_ID)),
      `ENTRA_TENANT_IDS must be GRAPH_TENANT_ID and nothing else: with GRAPH_CREDENTIAL=${String(GRAPH_CREDENTIAL)} Graph does not see who calls, so that somebody of another tenant would act in this one.`,
    ],
  ];
}

/** Where tokens may go: to the address that was configured, and never over a wire that others can read. */
function addresses(config: Config): Rule[] {
  const { GRAPH_BASE_URL, GRAPH_AUTHORITY_HOST, GRAPH_CREDENTIAL } = config;
  const graph = new URL(GRAPH_BASE_URL);
  const isPlain = graph.protocol !== 'https:';
  const allowsPlain = GRAPH_CREDENTIAL === 'callerToken' && loopback.has(graph.hostname);
  return [
    [
      isPlain && !allowsPlain,
      `GRAPH_BASE_URL is '${graph.origin}'; tokens go over https only. (With GRAPH_CREDENTIAL=callerToken, http is possible on this machine: 127.0.0.1, [::1], localhost.)`,
    ],
    [
      graph.username !== '' || graph.password !== '' || graph.search !== '' || graph.hash !== '',
      'GRAPH_BASE_URL has a user, a query or a fragment; the address alone is expected.',
    ],
    [
      /\/(v1\.0|beta)(\/|$)/i.test(graph.pathname),
      'GRAPH_BASE_URL has a version in its path; leave out what begins there, a request says its own.',
    ],
    [
      GRAPH_AUTHORITY_HOST !== undefined && new URL(GRAPH_AUTHORITY_HOST).protocol !== 'https:',
      'GRAPH_AUTHORITY_HOST must begin with https://: secrets are sent there.',
    ],
  ];
}
