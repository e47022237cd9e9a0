import { operations } from '../../shared/api.ts';
import { inForce, type Terms } from '../../shared/operations/operation.ts';
import { bindContent, remembered, toJsonContent } from '../bindings/content.ts';
import type { Register } from '../bindings/register.ts';

/** GET /openapi.json: the operations in force, for people and programs. */
export const register: Register = (app, services) => {
  const documentOf = remembered(async (terms: Terms) => {
    const { toOpenApi } = await import('../../shared/description/openApi.ts');
    return toJsonContent(toOpenApi(inForce(operations, terms)));
  });
  bindContent(app, 'openapi', 'openapi.json', () => documentOf(services));
};
