import type { Answer } from './answer.ts';
import { methods } from './httpMessage.ts';
import { leadOf, sectionOf } from './page.ts';
import type { Section } from './outline.ts';
import type { Page } from './page.ts';
import { readPermissions } from './permissions.ts';
import type { Permissions } from './permissions.ts';
import { cellAt, columnIndex } from './table.ts';
import type { Row, Table } from './table.ts';

/** A header or parameter of a request. */
export interface Parameter {
  name: string;
  type?: string;
  description: string;
}
/** An operation as its page describes it. */
export interface Operation {
  /** The title in camel case: "Create device" is `createDevice`. */
  id: string;
  title: string;
  description: string;
  page: string;
  method: string;
  /** Templates below the version, such as `/users/{usersId}/registeredDevices/$ref`. */
  paths: string[];
  permissions: Permissions;
  requestHeaders: Parameter[];
  queryParameters?: Parameter[];
  pathParameters?: Parameter[];
  /** Name of the schema of the request body. */
  body?: string;
  answer: Answer;
}

/** Everything an operation page says of itself, without what needs other pages: body and answer. */
export function readOperation(page: Page): Omit<Operation, 'body' | 'answer'> {
  const description = leadOf(page);
  if (page.title !== '' && description === '') page.report.error(page.titleLine, 'no description below the title');
  const queryParameters = readParameters(sectionOf(page, /query parameters$/));
  const pathParameters = readParameters(sectionOf(page, /^(?:path|function) parameters$/));
  return {
    id: toCamelCase(page.title),
    title: page.title,
    description,
    page: page.path,
    ...readRequestLines(page),
    permissions: readPermissions(page),
    requestHeaders: readParameters(sectionOf(page, /^request headers$/)),
    ...(queryParameters.length > 0 ? { queryParameters } : {}),
    ...(pathParameters.length > 0 ? { pathParameters } : {}),
  };
}

/** "Create my registeredDevice" becomes `createMyRegisteredDevice`. */
export function toCamelCase(title: string): string {
  const [first = '', ...others] = title.match(/[A-Za-z0-9]+/g) ?? [];
  const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
  return first.slice(0, 1).toLowerCase() + first.slice(1) + others.map(capital).join('');
}

/** The lines of the blocks under "HTTP request": one method, and an address each. */
function readRequestLines(page: Page): { method: string; paths: string[] } {
  const { report } = page;
  const section = sectionOf(page, /^http request$/);
  const blocks = section?.blocks.filter((block) => block.annotation.blockType === 'ignored') ?? [];
  const lines = blocks.flatMap((block) =>
    block.content.split('\n').map((text, index) => ({ text: text.trim(), line: block.line + index })),
  );
  let method = '';
  const paths: string[] = [];
  for (const { text, line } of lines.filter((found) => found.text !== '')) {
    const [, verb = '', path = ''] = /^(\S+)\s*(.*?)(?:\s+HTTP\/[\d.]+)?$/.exec(text) ?? [];
    const template = path.replace(/^https?:\/\/[^/]+\/(?:v1\.0|beta)(?=\/)/, '').replace(/\?.*$/, '');
    if (!methods.includes(verb)) report.error(line, `"${verb}" is no method out of ${methods.join(', ')}`);
    else if (!isTemplate(template)) report.error(line, `"${path}" is no path that begins with /`);
    else if (method !== '' && verb !== method)
      report.error(line, `${verb} on a page for ${method}; each has its own page`);
    else if (paths.includes(template)) report.error(line, `${template} is listed twice`);
    else {
      method = verb;
      paths.push(template);
    }
  }
  if (lines.every(({ text }) => text === '')) {
    report.error(
      section?.line ?? page.titleLine,
      'no HTTP request: no block here is annotated with "blockType": "ignored"',
    );
  }
  return { method, paths };
}

const isTemplate = (path: string): boolean => /^(?:\/(?:[^\s/\\{}]|\{[^{}/]+\})+)+$/.test(path);

/** The first table of a section; a `Value` beside a description is the type, alone it is the description. */
function readParameters(section: Section | undefined): Parameter[] {
  const table = section?.tables[0];
  return table ? table.rows.map((row) => readParameter(table, row)) : [];
}

function readParameter(table: Table, row: Row): Parameter {
  const nameColumn = columnIndex(table, 'name', 'header', 'parameter', 'property', 'query option');
  const typeColumn = columnIndex(table, 'type', 'value');
  const descriptionColumn = columnIndex(table, 'description');
  const type = descriptionColumn < 0 ? '' : cellAt(row, typeColumn).text;
  return {
    name: cellAt(row, Math.max(nameColumn, 0)).text,
    ...(type === '' ? {} : { type }),
    description: cellAt(row, descriptionColumn < 0 ? typeColumn : descriptionColumn).text,
  };
}
