import { operations } from '../../shared/api.ts';
import { inForce } from '../../shared/operations/operation.ts';
import { baseOf } from '../bindings/base.ts';
import { bindContent, remembered, toJsonContent } from '../bindings/content.ts';
import type { Register } from '../bindings/register.ts';

/** GET /connector.json: the operations in force, for Logic Apps and Power Automate. */
export const register: Register = (app, services) => {
  const documentOf = remembered(async (base: string) => {
    const { toSwagger } = await import('../../shared/description/connector/toSwagger.ts');
    return toJsonContent(toSwagger(inForce(operations, services), base));
  });
  bindContent(app, 'connector', 'connector.json', (request) => documentOf(baseOf(request, services)));
};
