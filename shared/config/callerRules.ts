import { clouds } from '../contract/clouds.ts';
import type { Config } from './readConfig.ts';
import type { Rule } from './rule.ts';

/** Rules about the tokens that are checked here. */
export const callerRules = ({ AUTH_MODE, ENTRA_AUDIENCES, ENTRA_TENANT_IDS }: Config): Rule[] => [
  [
    AUTH_MODE === 'entra' && ENTRA_TENANT_IDS.length === 0,
    'AUTH_MODE=entra needs ENTRA_TENANT_IDS: the tenants whose tokens are accepted.',
  ],
  [
    AUTH_MODE === 'entra' && ENTRA_AUDIENCES.length === 0,
    "AUTH_MODE=entra needs ENTRA_AUDIENCES: the client id or App ID URI of this app's own registration.",
  ],
  [
    ENTRA_AUDIENCES.some(isGraph),
    "ENTRA_AUDIENCES names Microsoft Graph, whose tokens only Graph can judge; name this app's own registration.",
  ],
];

/** Microsoft Graph as an audience: its client id, and its address in any cloud. */
const isGraph = (audience: string): boolean =>
  audience === '00000003-0000-0000-c000-000000000000' ||
  Object.values(clouds).some(({ graphHost }) => URL.canParse(audience) && new URL(audience).hostname === graphHost);
