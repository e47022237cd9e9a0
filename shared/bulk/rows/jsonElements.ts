import { jsonList, type JsonList } from './jsonList.ts';
import type { JsonText } from './jsonRow.ts';
import { maxRowLength } from './limits.ts';
import { ManifestError } from './manifestError.ts';
import { behind } from './textLines.ts';

/** What may stand before the rows: nothing, or members that are texts, numbers, true, false or null. */
const listBegin =
  /^\s*(?:\[|\{\s*(?:"(?:[^"\\]|\\.)*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|[^\s",[\]{}]+)\s*,\s*)*"value"\s*:\s*\[)/;

/**
 * The elements of `{"value": […]}`, or of a list alone, each as text. Other members are passed over.
 * @throws ManifestError when the text is no such thing, or an element is too long
 */
export async function* jsonElements(text: AsyncIterable<string>): AsyncGenerator<JsonText> {
  /** The text around the elements; JSON.parse judges it in the end. */
  let frame = '';
  let list: JsonList | undefined;
  for await (let piece of text) {
    if (!list) {
      frame += piece;
      const head = piece.includes('[') ? listBegin.exec(frame)?.[0] : undefined;
      if (head === undefined) {
        refuseUnlessShort(frame);
        continue;
      }
      list = jsonList(behind({ line: 1, column: 1 }, head));
      piece = frame.slice(head.length);
      frame = head;
    }
    frame += yield* list.read(piece);
    refuseUnlessShort(frame);
  }
  list?.end();
  refuseUnlessFrame(frame);
}

const noList = (detail = ''): ManifestError =>
  new ManifestError(`A list of devices is expected, {"value": [ … ]}, with little around it.${detail}`);

function refuseUnlessShort(frame: string): void {
  if (frame.length > maxRowLength) throw noList();
}

function refuseUnlessFrame(frame: string): void {
  const around = parseFrame(frame) as { value?: unknown } | null;
  const value = Array.isArray(around) ? around : around?.value;
  if (!Array.isArray(value) || value.length > 0) throw noList();
}

function parseFrame(frame: string): unknown {
  try {
    return JSON.parse(frame);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) throw noList(` What is around it is not JSON: ${thrown.message}`);
    throw thrown;
  }
}
