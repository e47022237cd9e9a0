metadata description = 'Last step: what the identity of the deployed app may do in Microsoft Entra and Graph. It may be repeated.'

targetScope = 'subscription'

extension microsoftGraphV1

@minLength(36)
@maxLength(36)
@description('Required. Object id of the identity; infra/main.bicep says it as IDENTITY_PRINCIPAL_ID.')
param identityPrincipalId string

@minLength(1)
@description('Name by which infra/graph/registration.bicep made the registration.')
param uniqueName string = 'device-registrar'

@description('As whom Microsoft Graph is called; the same as in infra/main.bicep.')
param graphCredential ('onBehalfOf' | 'managedIdentity') = 'onBehalfOf'

@description('With managedIdentity: application permissions of Microsoft Graph that the app gets, by their names.')
param applicationPermissions string[] = ['Device.Read.All', 'User.Read.All']

@description('Whom tokens of the identity are for when it vouches for the registration, by cloud.')
var exchangeAudience = {
  AzureCloud: 'api://AzureADTokenExchange'
  AzureUSGovernment: 'api://AzureADTokenExchangeUSGov'
  AzureChinaCloud: 'api://AzureADTokenExchangeChina'
}

@description('Whether the app acts for users, and nothing more.')
var actsForUsers = graphCredential == 'onBehalfOf'

resource graph 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: '00000003-0000-0000-c000-000000000000'
}

resource registration 'Microsoft.Graph/applications@v1.0' existing = {
  uniqueName: uniqueName
}

resource servicePrincipal 'Microsoft.Graph/servicePrincipals@v1.0' existing = {
  appId: registration.appId
}

// The registration trusts the identity: no secret, no certificate. Each identity has a trust of its own, of which Microsoft
// Entra takes 20 per registration.
resource trust 'Microsoft.Graph/applications/federatedIdentityCredentials@v1.0' = {
  name: '${uniqueName}/managed-identity-${identityPrincipalId}'
  description: 'The identity of the deployed function app'
  issuer: uri(environment().authentication.loginEndpoint, '${tenant().tenantId}/v2.0')
  subject: identityPrincipalId
  audiences: [exchangeAudience[environment().name]]
}

resource consent 'Microsoft.Graph/oauth2PermissionGrants@v1.0' = if (actsForUsers) {
  clientId: servicePrincipal.id
  consentType: 'AllPrincipals'
  resourceId: graph.id
  scope: 'Directory.AccessAsUser.All'
}

resource assignments 'Microsoft.Graph/appRoleAssignedTo@v1.0' = [
  for permission in applicationPermissions: if (!actsForUsers) {
    appRoleId: filter(graph.appRoles, role => role.value == permission)[0].id
    principalId: identityPrincipalId
    resourceId: graph.id
  }
]
