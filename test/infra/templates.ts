import { bicepFile, type BicepFile } from '../../tools/infra/bicepFile.ts';
import { loadGrammar, type Parse } from '../../tools/infra/syntax.ts';

let grammar: Promise<Parse> | undefined;

/** A template that stands in no file. */
export async function template(text: string, path = 'infra/modules/sample.bicep'): Promise<BicepFile> {
  grammar ??= loadGrammar();
  return bicepFile(path, text, await grammar);
}
