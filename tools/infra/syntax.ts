import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { Language, Parser, type Node } from 'web-tree-sitter';

/** Something that is wrong at a place; `line` counts from 1. */
export interface Finding {
  path: string;
  line: number;
  message: string;
}

/** Turns the text of a template into its tree. */
export type Parse = (text: string) => Node;

/** Loads the grammar, which knows how Bicep is written and nothing of Azure. */
export async function loadGrammar(): Promise<Parse> {
  await Parser.init();
  const grammar = createRequire(import.meta.url).resolve('tree-sitter-bicep/tree-sitter-bicep.wasm');
  const parser = new Parser().setLanguage(await Language.load(await readFile(grammar)));
  return (text) => {
    const tree = parser.parse(text);
    if (!tree) throw new Error('The grammar of Bicep gave no tree.');
    return tree.rootNode;
  };
}

/** Every place that the grammar cannot read, or where it misses something. */
export function syntaxFaults(path: string, node: Node): Finding[] {
  if (!node.hasError) return [];
  const here: Finding[] = [];
  if (node.isMissing) here.push({ path, line: lineOf(node), message: `'${node.type}' is missing.` });
  if (node.isError) here.push({ path, line: lineOf(node), message: `This is not Bicep: ${firstLine(node.text)}` });
  return [...here, ...node.children.flatMap((child) => syntaxFaults(path, child))];
}

export const lineOf = (node: Node): number => node.startPosition.row + 1;

const firstLine = (text: string): string => text.split('\n', 1)[0] ?? '';

/** All nodes of these types below a node, itself included, in the order of the text. */
export const nodesOf = (node: Node, ...types: string[]): Node[] =>
  node.descendantsOfType(types).filter((found) => found.isNamed);

/** What a string says; undefined when it is put together, or no string. */
export function literalOf(node: Node | null | undefined): string | undefined {
  if (node?.type !== 'string') return undefined;
  const parts = node.namedChildren;
  if (parts.length === 0) return '';
  return parts.every(({ type }) => type === 'string_content' || type === 'escape_sequence')
    ? parts.map(({ text }) => text.replace(/^\\(.)$/, '$1')).join('')
    : undefined;
}

/** The properties of an object with the nodes of their values. */
export const propertiesOf = (object: Node): Map<string, Node> =>
  new Map(
    object.namedChildren
      .filter(({ type, namedChildCount }) => type === 'object_property' && namedChildCount === 2)
      .map((property) => {
        const [key, value] = property.namedChildren as [Node, Node];
        return [literalOf(key) ?? key.text, value];
      }),
  );

/** The value at a path such as `properties.sku`; undefined where there is none. */
export function valueAt(object: Node, path: string): Node | undefined {
  const [name = '', ...rest] = path.split('.');
  const value = propertiesOf(object).get(name);
  return value && rest.length > 0 ? valueAt(value, rest.join('.')) : value;
}
