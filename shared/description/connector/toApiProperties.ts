import type { Describable } from '../describe.ts';
import type { Json } from '../openApiSchema.ts';
import type { Pages } from '../pages.ts';
import { requiredOf } from '../schemaOf.ts';
import { actionsOf, needsReference } from './actions.ts';
import { connectionParameters, keyHeader } from './signIn.ts';

/** Also the background of `connector/icon.png`. */
export const iconBrandColor = '#0b5a6f';

/** Any cloud's address will do: this service only reads the id in it. */
const directoryObjects = 'https://graph.microsoft.com/v1.0/directoryObjects';

/**
 * The connector's `apiProperties.json`: how makers sign in, and the policies by which an id becomes an address, the link to the next
 * page stays within the connector, and a key goes into its header.
 */
export function toApiProperties(operations: readonly Describable[], pages?: Pages): Json {
  const actions = actionsOf(operations, pages);
  const linking = actions.filter((action) => needsReference(action, requiredOf)).map(({ operationId }) => operationId);
  const lists = actions.filter(({ answer }) => answer.isPaged).map(({ operationId }) => operationId);
  const policies = [
    keyPolicy,
    ...(linking.length > 0 ? [addressPolicy(linking)] : []),
    ...(lists.length > 0 ? [nextLinkPolicy(lists)] : []),
  ];
  return {
    properties: { connectionParameters, iconBrandColor, capabilities: ['actions'], policyTemplateInstances: policies },
  };
}

const keyPolicy: Json = {
  templateId: 'setheader',
  title: 'The key, where there is one',
  parameters: {
    'x-ms-apimTemplateParameter.name': keyHeader,
    'x-ms-apimTemplateParameter.value': "@connectionParameters('api_key','')",
    'x-ms-apimTemplateParameter.existsAction': 'override',
    'x-ms-apimTemplate-policySection': 'Request',
  },
};

const addressPolicy = (operationIds: readonly string[]): Json => ({
  templateId: 'setproperty',
  title: 'The object ID becomes an address',
  parameters: {
    'x-ms-apimTemplateParameter.newPropertyParentPathTemplate': '@body()',
    'x-ms-apimTemplateParameter.newPropertySubPathTemplate': "['@odata.id']",
    'x-ms-apimTemplateParameter.propertyValuePathTemplate': `${directoryObjects}/@{body()['@odata.id']}`,
    'x-ms-apimTemplate-policySection': 'Request',
    'x-ms-apimTemplate-operationName': operationIds,
  },
});

const nextLinkPolicy = (operationIds: readonly string[]): Json => ({
  templateId: 'updatenextlink',
  title: 'The next page is asked for through the connector',
  parameters: {
    'x-ms-apimTemplateParameter.nextLinkPropertyName': '@odata.nextLink',
    'x-ms-apimTemplate-operationName': operationIds,
  },
});
