import type { Node } from 'web-tree-sitter';
import { lineOf, literalOf, nodesOf, propertiesOf, valueAt, type Parse } from './syntax.ts';

/** A parameter, an output, a type or a variable. */
export interface Declared {
  kind: 'param' | 'output' | 'type' | 'var';
  name: string;
  line: number;
  /** What stands over it. */
  decorators: string[];
  /** Whether whoever uses the file must say it. */
  isRequired: boolean;
}

export interface Resource {
  /** The whole type, also of a resource inside another: `Microsoft.Web/sites/config`. */
  type: string;
  version: string;
  /** Its name where the file says it, such as `appsettings`. */
  name: string | undefined;
  line: number;
  isExisting: boolean;
  body: Node;
}

export interface Module {
  /** Relative to the file that uses it. */
  path: string;
  line: number;
  /** Parameters that it is given. */
  given: string[];
}

export interface BicepFile {
  /** Relative to the project's folder. */
  path: string;
  text: string;
  root: Node;
  /** Extensions that it needs, which the grammar does not know. */
  extensions: string[];
  declared: Declared[];
  resources: Resource[];
  modules: Module[];
}

/** Reads what a template declares. A line that begins with `extension` is read as a comment: the grammar does not know it. */
export function bicepFile(path: string, text: string, parse: Parse): BicepFile {
  const extensions: string[] = [];
  const readable = text.replace(/^extension (\S+)/gm, (line, name: string) => {
    extensions.push(name);
    return line.replace(/^../, '//');
  });
  const root = parse(readable);
  return {
    path,
    text,
    root,
    extensions,
    declared: root.namedChildren.flatMap((node, index, all) => declaredBy(node, all[index - 1])),
    resources: nodesOf(root, 'resource_declaration').map(toResource),
    modules: nodesOf(root, 'module_declaration').map(toModule),
  };
}

const kinds: Readonly<Record<string, Declared['kind']>> = {
  parameter_declaration: 'param',
  output_declaration: 'output',
  type_declaration: 'type',
  variable_declaration: 'var',
};

function declaredBy(node: Node, before: Node | undefined): Declared[] {
  const kind = kinds[node.type];
  const name = node.namedChildren[0];
  if (!kind || !name) return [];
  return [
    {
      kind,
      name: name.text,
      line: lineOf(node),
      decorators: before?.type === 'decorators' ? before.namedChildren.map(({ text }) => text) : [],
      isRequired: kind === 'param' && node.namedChildCount === 2 && !/\?\s*$/.test(node.text),
    },
  ];
}

function toResource(node: Node): Resource {
  const [own = '', version = ''] = (literalOf(node.namedChildren[1]) ?? '').split('@');
  const outer = resourceAround(node);
  const parent = outer && toResource(outer);
  const body = nodesOf(node, 'object')[0] ?? node;
  return {
    type: parent ? `${parent.type}/${own}` : own,
    version: version || (parent?.version ?? ''),
    name: literalOf(valueAt(body, 'name')),
    line: lineOf(node),
    isExisting: node.children.some(({ type }) => type === 'existing'),
    body,
  };
}

const resourceAround = ({ parent }: Node): Node | null =>
  parent && (parent.type === 'resource_declaration' ? parent : resourceAround(parent));

function toModule(node: Node): Module {
  const body = nodesOf(node, 'object')[0] ?? node;
  const params = valueAt(body, 'params');
  return {
    path: literalOf(node.namedChildren[1]) ?? '',
    line: lineOf(node),
    given: params ? [...propertiesOf(params).keys()] : [],
  };
}
