import { settings, type Setting } from '../shared/config/settings.ts';

/** All settings as a Markdown table, for `docs/settings.md` and the README. */
export function settingsTable(): string {
  const rows = Object.entries<Setting>(settings).map(
    ([name, setting]) => `| \`${name}\` | ${valuesOf(setting)} | ${defaultOf(setting)} | ${setting.description} |`,
  );
  return ['| setting | values | default | what it does |', '|---|---|---|---|', ...rows].join('\n');
}

function valuesOf(setting: Setting): string {
  switch (setting.type) {
    case 'choice':
      return setting.choices.map((choice) => `\`${choice}\``).join(', ');
    case 'integer':
      return `${setting.minimum} to ${setting.maximum}`;
    case 'boolean':
      return '`true`, `false`';
    case 'guid':
      return 'a GUID';
    case 'url':
      return [...Object.keys(setting.names ?? {}).map((name) => `\`${name}\``), 'an address'].join(', ');
    case 'text':
      return setting.secret ? 'text, kept secret' : 'text';
    case 'schedule':
      return 'six fields of NCRONTAB';
    case 'list':
      return { guid: 'GUIDs, with commas', audience: 'GUIDs or URIs, with commas' }[setting.of];
  }
}

const defaultOf = ({ default: value, secret }: Setting): string =>
  value === undefined || secret || String(value) === '' ? '–' : `\`${String(value)}\``;
