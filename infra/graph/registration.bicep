metadata description = 'First step: the app registration that callers ask tokens for. It may be repeated.'

targetScope = 'subscription'

extension microsoftGraphV1

@minLength(1)
@description('Name by which the registration is found again; it is also the end of its App ID URI.')
param uniqueName string = 'device-registrar'

@description('The registration, with scopes and app roles under the names that Microsoft Graph gives them; `npm run generate` writes the file.')
var application = loadJsonContent('application.json')

@description('Client id of Microsoft Graph, the same in every tenant.')
var graphAppId = '00000003-0000-0000-c000-000000000000'

resource graph 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: graphAppId
}

resource registration 'Microsoft.Graph/applications@v1.0' = {
  uniqueName: uniqueName
  displayName: application.displayName
  identifierUris: ['api://${tenant().tenantId}/${uniqueName}']
  signInAudience: application.signInAudience
  groupMembershipClaims: application.groupMembershipClaims
  optionalClaims: application.optionalClaims
  api: application.api
  appRoles: application.appRoles
  // What the app does for users in Microsoft Graph (on behalf of them).
  requiredResourceAccess: [
    {
      resourceAppId: graphAppId
      resourceAccess: [
        {
          type: 'Scope'
          id: filter(graph.oauth2PermissionScopes, scope => scope.value == 'Directory.AccessAsUser.All')[0].id
        }
      ]
    }
  ]
}

resource servicePrincipal 'Microsoft.Graph/servicePrincipals@v1.0' = {
  appId: registration.appId
}

@description('Client id: the parameter `apiClientId` of infra/main.bicep.')
output API_CLIENT_ID string = registration.appId

@description('App ID URI: the parameter `apiIdentifierUri` of infra/main.bicep.')
output API_IDENTIFIER_URI string = 'api://${tenant().tenantId}/${uniqueName}'

@description('Object id of the service principal: to whom an administrator gives consent, and callers their roles.')
output API_SERVICE_PRINCIPAL_ID string = servicePrincipal.id
