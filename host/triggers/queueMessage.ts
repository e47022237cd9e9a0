import { isUtf8 } from 'node:buffer';
import type { DequeuedMessageItem } from '@azure/storage-queue';
import { isObject } from '../jsonFile.ts';
import type { QueuesJson } from '../queuesJson.ts';

/**
 * The text that somebody put into a message.
 * @returns undefined when it is not in the encoding that host.json names
 */
export function textOf(messageText: string, encoding: QueuesJson['messageEncoding']): string | undefined {
  if (encoding === 'none') return messageText;
  const base64 = messageText.replaceAll(/[ \t\r\n]/g, '');
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(base64)) return undefined;
  const bytes = Buffer.from(base64, 'base64');
  return isUtf8(bytes) ? bytes.toString() : undefined;
}

/** What the handler gets: whatever parses as JSON is parsed, also `1e5`. Source: `@azure/functions` src/converters/fromRpcTypedData.ts */
export function parseAsLibrary(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/**
 * `context.triggerMetadata` of a message. Each property of a JSON message but for arrays stands there too, over a built-in one
 * of the same name: a field `id` hides the id of the message. A text among them is parsed once more.
 * Source: azure-functions-host Utility.cs (ApplyBindingData); `@azure/functions` src/converters/fromRpcTriggerMetadata.ts
 */
export function triggerMetadataOf(message: DequeuedMessageItem, input: unknown): Record<string, unknown> {
  const fields = isObject(input) ? Object.entries(input).filter(([, value]) => !Array.isArray(value)) : [];
  const metadata: Record<string, unknown> = {
    queueTrigger: lowerCased(input),
    dequeueCount: message.dequeueCount,
    expirationTime: message.expiresOn.toISOString(),
    id: message.messageId,
    insertionTime: message.insertedOn.toISOString(),
    nextVisibleTime: message.nextVisibleOn.toISOString(),
    popReceipt: message.popReceipt,
  };
  for (const [name, value] of fields) {
    const known = Object.keys(metadata).find((key) => key.toLowerCase() === name.toLowerCase());
    metadata[known ?? lowerCase(name)] = lowerCased(typeof value === 'string' ? parseAsLibrary(value) : value);
  }
  return metadata;
}

const lowerCase = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** The first letter of every key becomes a small one. Source: `@azure/functions` src/converters/toCamelCase.ts */
function lowerCased(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(lowerCased);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [lowerCase(name), lowerCased(inner)]));
}
