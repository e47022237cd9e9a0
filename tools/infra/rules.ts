import { dirname, join } from 'node:path';
import type { BicepFile } from './bicepFile.ts';
import { lineOf, literalOf, nodesOf, valueAt, type Finding } from './syntax.ts';
import { requirements, roles, versions } from './tables.ts';

/** What a rule sees: one template, and whether there is a file. */
export type Rule = (file: BicepFile, exists: (path: string) => boolean) => Finding[];

const wrong = ({ path }: BicepFile, line: number, message: string): Finding => ({ path, line, message });

/** A version that nobody has looked up may not exist, or not everywhere. */
export const knownVersions: Rule = (file) =>
  file.resources
    .filter(({ type, version }) => !versions[type]?.includes(version))
    .map(({ type, version, line }) =>
      wrong(file, line, `${type}@${version} is not in the table of tools/infra/tables.ts.`),
    );

/** What makes a resource safe must be written down: the platform's defaults differ, and change. */
export const requiredProperties: Rule = (file) =>
  file.resources
    .filter(({ isExisting }) => !isExisting)
    .flatMap((resource) =>
      requirements
        .filter(({ type, name }) => type === resource.type && (name === undefined || name === resource.name))
        .flatMap(({ properties }) => Object.entries(properties))
        .filter(([path, value]) => {
          const text = valueAt(resource.body, path)?.text;
          return value === '*' ? text === undefined : text !== value;
        })
        .map(([path, value]) =>
          wrong(file, resource.line, `${resource.type} needs ${path}${value === '*' ? '' : `: ${value}`}.`),
        ),
    );

const secrets = /\blist(?:Account)?(?:Keys|Sas|ServiceSas)\b|AccountKey=|SharedAccessKey|SharedAccessSignature/i;

/** Keys open everything to whoever holds them; identities do not. */
export const noKeys: Rule = (file) =>
  file.text
    .split('\n')
    .flatMap((line, index) =>
      secrets.test(line) ? [wrong(file, index + 1, `${String(secrets.exec(line)?.[0])} is about a shared key.`)] : [],
    );

/** A role is given by its id: one that is not in the table may be anything. */
export const knownRoles: Rule = (file) =>
  file.resources.some(({ type }) => type === 'Microsoft.Authorization/roleAssignments')
    ? nodesOf(file.root, 'string')
        .filter((node) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(literalOf(node) ?? ''))
        .filter((node) => !roles[(literalOf(node) ?? '').toLowerCase()])
        .map((node) => wrong(file, lineOf(node), `${node.text} is no role of tools/infra/tables.ts.`))
    : [];

/** Modules, types and data come from files of this repository. */
export const filesExist: Rule = (file, exists) => {
  const used = [
    ...file.modules,
    ...nodesOf(file.root, 'import_functionality').map((node) => ({
      path: literalOf(node.namedChildren.at(-1)) ?? '',
      line: lineOf(node),
    })),
    ...nodesOf(file.root, 'call_expression')
      .filter((node) => /^load\w+Content\(/.test(node.text))
      .map((node) => ({ path: literalOf(nodesOf(node, 'string')[0]) ?? '', line: lineOf(node) })),
  ];
  return used
    .filter(({ path }) => !exists(join(dirname(file.path), path)))
    .map(({ path, line }) => wrong(file, line, `There is no file ${join(dirname(file.path), path)}.`));
};

/** Whoever deploys reads descriptions, not templates. */
export const described: Rule = (file) =>
  file.declared
    .filter(({ decorators }) => !decorators.some((text) => /^@description\(\s*'.+'\s*\)$/s.test(text)))
    .map(({ kind, name, line }) => wrong(file, line, `${kind} ${name} has no @description.`));

export const rules: readonly Rule[] = [knownVersions, requiredProperties, noKeys, knownRoles, filesExist, described];
