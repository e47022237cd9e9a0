import type { Json } from '../openApiSchema.ts';
import { scopesOf } from '../security.ts';
import type { Action } from './actions.ts';

/** Header of a function key, of this app or of a gateway before it. */
export const keyHeader = 'x-functions-key';

const loginUri = 'https://login.microsoftonline.com';

/** A token of Microsoft Entra says who calls; a key may go with it. */
export const securityDefinitions = (actions: readonly Action[]): Json => ({
  securityDefinitions: {
    entra: {
      type: 'oauth2',
      flow: 'accessCode',
      authorizationUrl: `${loginUri}/common/oauth2/v2.0/authorize`,
      tokenUrl: `${loginUri}/common/oauth2/v2.0/token`,
      scopes: scopesOf(actions),
    },
    key: { type: 'apiKey', in: 'header', name: keyHeader },
  },
  security: [{ entra: [] }, { entra: [], key: [] }],
});

/** What a maker is asked for when a connection is made. */
export const connectionParameters: Json = {
  token: {
    type: 'oauthSetting',
    oAuthSettings: {
      identityProvider: 'aad',
      clientId: 'your-connector-client-id',
      scopes: [],
      redirectMode: 'Global',
      redirectUrl: 'https://global.consent.azure-apim.net/redirect',
      properties: { IsFirstParty: 'False' },
      customParameters: {
        loginUri: { value: loginUri },
        tenantId: { value: 'common' },
        resourceUri: { value: 'api://your-service-client-id' },
      },
    },
  },
  api_key: {
    type: 'securestring',
    uiDefinition: {
      displayName: 'Key',
      description: 'A function key or the key of a gateway, where one is asked for.',
      tooltip: 'Leave it empty unless the service is behind a key.',
      constraints: { required: 'false', clearText: false, tabIndex: 2 },
    },
  },
};
