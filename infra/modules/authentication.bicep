metadata description = 'App Service authentication: an outer door before the app. The app checks every token itself, too.'

@description('Required. Name of the function app.')
param siteName string

@description('Required. Client id of the app registration that callers ask tokens for.')
param clientId string

@description('Required. App ID URI of that registration.')
param identifierUri string

resource site 'Microsoft.Web/sites@2025-03-01' existing = {
  name: siteName

  resource authentication 'config' = {
    name: 'authsettingsV2'
    properties: {
      platform: { enabled: true, runtimeVersion: '~1' }
      globalValidation: {
        requireAuthentication: true
        unauthenticatedClientAction: 'Return401'
        // What says nothing of the directory: whether the app lives, and what it can do.
        excludedPaths: ['/', '/health', '/openapi.json', '/connector.json', '/explorer/*']
      }
      httpSettings: { requireHttps: true }
      identityProviders: {
        azureActiveDirectory: {
          enabled: true
          registration: {
            clientId: clientId
            // No secret: the name says that the identity in this setting vouches for the registration.
            clientSecretSettingName: 'OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID'
            openIdIssuer: uri(environment().authentication.loginEndpoint, '${tenant().tenantId}/v2.0')
          }
          validation: { allowedAudiences: [clientId, identifierUri] }
        }
      }
      login: { tokenStore: { enabled: false } }
    }
  }
}
