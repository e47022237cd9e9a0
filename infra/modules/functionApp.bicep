metadata description = 'The function app on Flex Consumption, its plan, its settings and its logs.'

import { appIdentity, appMonitoring, appRegistration, appSettings, appStorage, resourceTags } from 'types.bicep'

@description('Required. Name of the function app.')
param name string

@description('Required. Name of the plan.')
param planName string

@description('Required. Region.')
param location string

@description('Required. Tags.')
param tags resourceTags

@description('Required. The identity of the app.')
param identity appIdentity

@description('Required. Its storage.')
param storage appStorage

@description('Required. Its telemetry.')
param monitoring appMonitoring

@description('Required. The app registration that callers ask tokens for.')
param api appRegistration

@description('Required. As whom Microsoft Graph is called.')
param graphCredential ('onBehalfOf' | 'managedIdentity')

@description('Required. The cloud that issues tokens and whose Microsoft Graph is called.')
param cloud ('global' | 'usGov' | 'usDod' | 'china')

@description('Required. Major version of Node.')
param nodeVersion ('22' | '24')

@description('Required. Memory of an instance, in MB.')
param instanceMemoryMB (512 | 2048 | 4096)

@description('Required. Instances at most.')
param maximumInstanceCount int

@description('Required. Addresses (CIDR) that may call; empty means all.')
param allowedIpRanges string[]

@description('Required. Settings of the app that are not to have their defaults.')
param settings appSettings

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource site 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  // `azd deploy` finds the app by this tag; the name is that of the service in azure.yaml.
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identity.id}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    publicNetworkAccess: 'Enabled'
    keyVaultReferenceIdentity: identity.id
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: storage.packageContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identity.id
          }
        }
      }
      runtime: { name: 'node', version: nodeVersion }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
      }
    }
    siteConfig: {
      ftpsState: 'Disabled'
      http20Enabled: true
      ipSecurityRestrictions: [
        for (range, index) in allowedIpRanges: {
          action: 'Allow'
          ipAddress: range
          name: 'allowed-${index}'
          priority: 100 + index
        }
      ]
      ipSecurityRestrictionsDefaultAction: empty(allowedIpRanges) ? 'Allow' : 'Deny'
      minTlsVersion: '1.2'
      remoteDebuggingEnabled: false
      scmMinTlsVersion: '1.2'
    }
  }

  // Packages are deployed with a token of Microsoft Entra; there is no password to deploy with.
  resource noFtpPassword 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource noScmPassword 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }

  // Whatever is not here is taken away at the next deployment.
  resource appSettings 'config' = {
    name: 'appsettings'
    properties: union(
      {
        AzureWebJobsStorage__blobServiceUri: storage.endpoints.blob
        AzureWebJobsStorage__clientId: identity.clientId
        AzureWebJobsStorage__credential: 'managedidentity'
        AzureWebJobsStorage__queueServiceUri: storage.endpoints.queue
        AzureWebJobsStorage__tableServiceUri: storage.endpoints.table
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.clientId};Authorization=AAD'
        APPLICATIONINSIGHTS_CONNECTION_STRING: monitoring.connectionString
        // App Service authentication shows the identity instead of a secret (modules/authentication.bicep).
        OVERRIDE_USE_MI_FIC_ASSERTION_CLIENTID: identity.clientId
        AUTH_MODE: 'entra'
        DIRECTORY_MODE: 'graph'
        ENTRA_AUDIENCES: '${api.clientId},${api.identifierUri}'
        ENTRA_CLOUD: cloud
        ENTRA_TENANT_IDS: tenant().tenantId
        GRAPH_BASE_URL: cloud
        GRAPH_CLIENT_ID: api.clientId
        GRAPH_CREDENTIAL: graphCredential
        GRAPH_MANAGED_IDENTITY_CLIENT_ID: identity.clientId
        GRAPH_TENANT_ID: tenant().tenantId
      },
      toObject(items(settings), setting => setting.key, setting => string(setting.value))
    )
  }
}

// The newest version that is no preview, of 2016, knows no category groups.
#disable-next-line use-recent-api-versions
resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: site
  name: 'to-workspace'
  properties: {
    workspaceId: monitoring.workspaceId
    logs: [{ categoryGroup: 'allLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

@description('Name of the function app.')
output name string = site.name

@description('Address of the function app.')
output uri string = 'https://${site.properties.defaultHostName}'
