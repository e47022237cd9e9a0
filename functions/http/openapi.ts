import { operations } from '../../shared/api.ts';
import { inForce, type Contract } from '../../shared/operations/operation.ts';
import { bindContent, remembered, toJsonContent } from '../bindings/content.ts';
import type { Register } from '../bindings/register.ts';

/** GET /openapi.json: the operations in force, for people and programs. */
export const register: Register = (app, { contract }) => {
  const documentOf = remembered(async (inUse: Contract) => {
    const { toOpenApi } = await import('../../shared/description/openApi.ts');
    return toJsonContent(toOpenApi(inForce(operations, inUse)));
  });
  bindContent(app, 'openapi', 'openapi.json', () => documentOf(contract));
};
