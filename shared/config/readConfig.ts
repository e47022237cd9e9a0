import { callerRules } from './callerRules.ts';
import { certificateRules } from './certificate.ts';
import { graphRules } from './graphRules.ts';
import type { Rule } from './rule.ts';
import { settings, type Setting, type SettingName, type Settings } from './settings.ts';
import { telemetryRules } from './telemetryRules.ts';

/** Settings that cannot be used; `reasons` holds all of them, one line each. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super(reasons.join('\n'));
    this.reasons = reasons;
  }
}

/** The settings, and whether this process is known to run on somebody's own machine. */
export type Config = Settings & { readonly isLocal: boolean };

/**
 * Reads every setting once.
 * @param now for a certificate that has ended
 * @param isLocal true under `host/`; elsewhere only Core Tools' `AZURE_FUNCTIONS_ENVIRONMENT=Development` counts
 * @throws ConfigError listing every setting that is malformed, or that would let someone in or lose data
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  isLocal = env.AZURE_FUNCTIONS_ENVIRONMENT === 'Development',
  now = new Date(),
): Config {
  const reasons: string[] = [];
  const read = (name: SettingName): unknown => {
    const text = env[name]?.trim();
    const setting: Setting = settings[name];
    const value = text ? parse(setting, text) : setting.default;
    if (!(value instanceof Expected)) return value;
    const shown = mayHoldSecret(name, String(text)) ? 'wrong' : `'${String(text)}'`;
    reasons.push(`${name} is ${shown}; ${value.what} is expected.`);
    return setting.default;
  };
  const values = Object.fromEntries(
    (Object.keys(settings) as SettingName[]).map((name) => [name, read(name)]),
  ) as unknown as Settings;
  const config: Config = Object.freeze({ ...values, isLocal });
  reasons.push(...refusals(config, env, now));
  if (reasons.length > 0) throw new ConfigError(reasons);
  return config;
}

/**
 * Whether a malformed value is better not repeated. Where the settings of credentials stand one above the other, a secret comes to
 * stand in the wrong one; elsewhere it shows by its length and its signs.
 */
function mayHoldSecret(name: SettingName, text: string): boolean {
  const { secret, type }: Setting = settings[name];
  const isFree = type === 'text' || type === 'guid' || type === 'url' || type === 'list';
  return secret ?? ((isFree && /^(GRAPH|ENTRA)_/.test(name)) || !/^[\w .,:/-]{1,60}$/.test(text));
}

/** What would have been a right value. */
class Expected {
  readonly what: string;
  constructor(what: string) {
    this.what = what;
  }
}

function parse(setting: Setting, text: string): string | number | boolean | readonly string[] | Expected {
  switch (setting.type) {
    case 'text':
      return text;
    case 'integer': {
      const number = Number(text);
      return Number.isInteger(number) && number >= setting.minimum && number <= setting.maximum
        ? number
        : new Expected(`a whole number from ${setting.minimum} to ${setting.maximum}`);
    }
    case 'schedule':
      return /^([\d*,/-]|[A-Za-z]{3})+( +([\d*,/-]|[A-Za-z]{3})+){5}$/.test(text)
        ? text
        : new Expected("six fields such as '0 */5 * * * *' (second, minute, hour, day, month, weekday)");
    case 'boolean':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() === 'true' : new Expected('true or false');
    case 'guid':
      return guid.test(text) ? text.toLowerCase() : new Expected('a GUID');
    case 'url': {
      const names = Object.keys(setting.names ?? {});
      const address = setting.names?.[text] ?? text;
      return isAddress(address)
        ? normalAddress(new URL(address))
        : new Expected(
            [...names, "an address such as 'https://devices.contoso.com'"].join(', ').replace(/, (?=an )/, ' or '),
          );
    }
    case 'choice':
      return setting.choices.includes(text) ? text : new Expected(`one of ${setting.choices.join(', ')}`);
    case 'list': {
      const items = text.split(',').map((item) => item.trim().replace(guid, (id) => id.toLowerCase()));
      const { pattern, what } = itemsOf[setting.of];
      return items.every((item) => pattern.test(item))
        ? items
        : new Expected(`a list of ${what} with commas between them`);
    }
  }
}

const guid = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

const isAddress = (text: string): boolean =>
  /^https?:\/\/(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?(?:\/[\w./~-]*)?$/i.test(text) && URL.canParse(text);

/** Addresses are compared as texts: scheme and host in lower case, without the usual port and without trailing slashes. */
const normalAddress = ({ origin, pathname }: URL): string => origin + pathname.replace(/\/+$/, '');

/** What may stand in a list. */
const itemsOf = {
  guid: { pattern: guid, what: 'GUIDs' },
  audience: { pattern: new RegExp(`${guid.source}|^[a-z][a-z\\d+.-]*:[!#-[\\]-~]+$`, 'i'), what: 'GUIDs or URIs' },
};

/** Combinations that are refused. Deny unless known to be local: no variable tells every Azure plan. */
function refusals(config: Config, env: Readonly<Record<string, string | undefined>>, now: Date): string[] {
  const { AUTH_MODE, DIRECTORY_MODE, EMULATOR_STORE, isLocal } = config;
  const isEmulator = DIRECTORY_MODE === 'emulator';
  const rules: Rule[] = [
    [
      AUTH_MODE === 'emulator' && !isEmulator,
      'AUTH_MODE=emulator believes any token and must not stand before a real directory; choose entra, easyauth or passthrough.',
    ],
    [
      AUTH_MODE === 'emulator' && !isLocal,
      'AUTH_MODE=emulator believes any token and is for local use only; choose entra or easyauth.',
    ],
    [
      isEmulator && EMULATOR_STORE !== 'azureTable' && !isLocal,
      `EMULATOR_STORE=${EMULATOR_STORE} is for local use only: each instance would have a directory of its own.`,
    ],
    [
      AUTH_MODE === 'easyauth' && !/^true$/i.test(env.WEBSITE_AUTH_ENABLED ?? ''),
      'AUTH_MODE=easyauth needs App Service authentication, and WEBSITE_AUTH_ENABLED does not say that it is on.',
    ],
    [
      config.PUBLIC_BASE_URL !== undefined && new URL(config.PUBLIC_BASE_URL).pathname !== '/',
      'PUBLIC_BASE_URL has a path; clients of Microsoft Graph expect /v1.0 at the root of a host.',
    ],
    ...callerRules(config),
    ...graphRules(config),
    ...telemetryRules(config),
    ...certificateRules(config, now),
    [isEmulator && EMULATOR_STORE === 'azureTable', 'EMULATOR_STORE=azureTable is not part of this release.'],
  ];
  return rules.filter(([refused]) => refused).map(([, reason]) => reason);
}
