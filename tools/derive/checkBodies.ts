import { bodyAjv } from './bodyAjv.ts';
import type { Derived } from './derive.ts';
import { isFailure } from './examples.ts';
import { isJson } from './httpMessage.ts';
import type { Report } from './pageErrors.ts';

/** What a page shows as a good request must be one by its own schema. */
export function checkBodies(
  { examples, operations, schemas }: Omit<Derived, 'warnings'>,
  on: (path: string) => Report,
): void {
  const good = examples.filter((example) => !isFailure(example) && isJson(example.request.headers));
  const bodies = good.flatMap(({ line, operation, page, request: { body } }) => {
    const name = operations.get(operation)?.body;
    return name === undefined || body === undefined ? [] : [{ name, body, page, line }];
  });
  if (bodies.length === 0) return;
  const ajv = bodyAjv([...schemas.values()]);
  for (const { body, line, name, page } of bodies) {
    if (ajv.validate(`${name}.json`, JSON.parse(body))) continue;
    const errors = (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`.trim());
    on(page).error(line, `the body of this example is no ${name}: ${errors.join('; ')}`);
  }
}
