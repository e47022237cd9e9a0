import { isDeepStrictEqual } from 'node:util';
import { findAnswer } from './answer.ts';
import { bodySchema } from './bodySchema.ts';
import type { BodySource, Types } from './bodySchema.ts';
import { checkBodies } from './checkBodies.ts';
import { checkLinks } from './checkLinks.ts';
import { checkNames, readExamples } from './examples.ts';
import type { Example } from './examples.ts';
import { inferredSchema } from './inferredSchema.ts';
import { isObject, parseJson } from './json.ts';
import { readOperation } from './operationPage.ts';
import type { Operation } from './operationPage.ts';
import { readPage } from './page.ts';
import type { Page, PageSource } from './page.ts';
import { Findings, PageErrors, inReadingOrder } from './pageErrors.ts';
import type { Finding } from './pageErrors.ts';
import { findBody } from './requestBody.ts';
import { readResource } from './resourcePage.ts';
import { resourceSchema } from './resourceSchema.ts';
import type { Schema } from './schema.ts';
import { collectTypeNames } from './typeNames.ts';

/** All that a set of pages says, as data. */
export interface Derived {
  /** By id. */
  operations: Map<string, Operation>;
  /** By name: resources and request bodies. */
  schemas: Map<string, Schema>;
  examples: Example[];
  warnings: Finding[];
}

/**
 * Derives operations, schemas and examples from reference pages; pages of other kinds are passed over.
 * @param exists whether a link, resolved against its page, leads to a file; without it, whether it leads to a page
 * @throws PageErrors listing everything that is wrong on any page
 */
export function derive(sources: readonly PageSource[], exists?: (path: string) => boolean): Derived {
  const findings = new Findings();
  const pages = sources
    .toSorted((a, b) => (a.path < b.path ? -1 : 1))
    .map((source) => readPage(source, findings))
    .filter((page) => page !== undefined);
  const paths = new Set(sources.map(({ path }) => path));
  for (const page of pages) checkLinks(page, exists ?? ((path) => paths.has(path)));
  checkNames(pages);

  const types = readTypes(pages);
  const set: Derived = { operations: new Map(), schemas: new Map(), examples: [], warnings: findings.warnings };
  for (const [name, resource] of types.resources) set.schemas.set(name, resourceSchema(resource, types.names));
  for (const page of pages) if (page.kind === 'operation') addOperation(page, types, set);
  if (findings.problems.length === 0) checkBodies(set, (path) => findings.on(path));

  if (findings.problems.length > 0) throw new PageErrors(inReadingOrder(findings.problems));
  return {
    operations: sorted(set.operations),
    schemas: sorted(set.schemas),
    examples: set.examples,
    warnings: inReadingOrder(findings.warnings),
  };
}

const sorted = <T>(map: ReadonlyMap<string, T>): Map<string, T> =>
  new Map([...map].toSorted(([a], [b]) => (a < b ? -1 : 1)));

function readTypes(pages: readonly Page[]): Types {
  const types: Types = { names: collectTypeNames(pages), resources: new Map() };
  for (const page of pages) {
    const resource = page.kind === 'resource' ? readResource(page, types.names) : undefined;
    if (!resource) continue;
    const same = [...types.resources.values()].find(({ name }) => name.toLowerCase() === resource.name.toLowerCase());
    if (same) page.report.error(page.titleLine, `${resource.typeName} is described by ${same.page.path} as well`);
    else types.resources.set(resource.name, resource);
  }
  return types;
}

function addOperation(page: Page, types: Types, set: Derived): void {
  const operation = readOperation(page);
  // Without an address, which was reported, neither body nor example can be understood.
  if (operation.paths.length === 0) return;
  const examples = readExamples(page, operation, types.names);
  const body = addBody(page, operation, types, examples, set);
  const answer = findAnswer(page, examples, types.names);
  const same = set.operations.get(operation.id);
  const { error } = page.report;
  if (same) error(page.titleLine, `the title makes ${operation.id}, which is taken by ${same.page}`);
  else if (!answer) error(page.titleLine, 'neither an example nor the Response section says what is answered');
  else set.operations.set(operation.id, { ...operation, ...(body === undefined ? {} : { body }), answer });
  set.examples.push(...examples);
}

/** @returns the name of the schema of the operation's body, which is then in the set */
function addBody(
  page: Page,
  operation: Pick<Operation, 'method' | 'title'>,
  types: Types,
  examples: readonly Example[],
  set: Derived,
): string | undefined {
  const source = findBody(page, operation, types);
  const schema = source && describeBody(source, types, examples, page);
  if (!schema) return undefined;
  const { name } = source;
  const same = set.schemas.get(name) ?? schema;
  if (!isDeepStrictEqual(same, schema)) {
    const other = [...set.operations.values()].find(({ body }) => body === name)?.page ?? 'a resource page';
    page.report.error(page.titleLine, `${name} differs from the one that ${other} describes`);
  }
  set.schemas.set(name, same);
  return name;
}

function describeBody(
  source: BodySource,
  types: Types,
  examples: readonly Example[],
  { report }: Page,
): Schema | undefined {
  if (source.rows ?? source.resource) return bodySchema(source, types);
  const shown = shownBody(examples);
  if (!shown) return undefined;
  report.warn(shown.line, `no table and no resource page describe ${source.name}; inferred from this example`);
  return inferredSchema(source.name, source.typeName, shown.value);
}

function shownBody(examples: readonly Example[]): { value: Record<string, unknown>; line: number } | undefined {
  for (const { line, request } of examples) {
    const parsed = parseJson(request.body ?? '');
    if ('value' in parsed && isObject(parsed.value)) return { value: parsed.value, line };
  }
  return undefined;
}
