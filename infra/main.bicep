metadata description = 'The gateway: Device Registrar before Microsoft Graph, on Flex Consumption, without a secret.'

targetScope = 'subscription'

import { appSettings } from 'modules/types.bicep'

@minLength(1)
@maxLength(64)
@description('Required. Name of the environment, which azd gives and the resource group carries.')
param environmentName string

@minLength(1)
@description('Required. Region of every resource.')
@metadata({ azd: { type: 'location' } })
param location string

@minLength(36)
@maxLength(36)
@description('Required. Client id of the app registration that callers ask tokens for; infra/graph/registration.bicep makes it.')
param apiClientId string

@minLength(1)
@description('Required. App ID URI of that registration, for example api://{tenant id}/device-registrar.')
param apiIdentifierUri string

@allowed(['onBehalfOf', 'managedIdentity'])
@description('As whom Microsoft Graph is called: the user who calls, or the identity of the app, which may only read.')
param graphCredential string = 'onBehalfOf'

@allowed(['global', 'usGov', 'usDod', 'china'])
@description('The cloud that issues tokens and whose Microsoft Graph is called.')
param cloud string = {
  AzureCloud: 'global'
  AzureUSGovernment: 'usGov'
  AzureChinaCloud: 'china'
}[environment().name]

@allowed(['22', '24'])
@description('Major version of Node. `az functionapp list-flexconsumption-runtimes` tells what a region has.')
param nodeVersion string = '24'

@allowed([512, 2048, 4096])
@description('Memory of an instance, in MB.')
param instanceMemoryMB int = 2048

@minValue(1)
@maxValue(1000)
@description('Instances at most: what bounds the cost, and the load on Microsoft Graph.')
param maximumInstanceCount int = 40

@description('Addresses (CIDR) that may call; empty means all.')
param allowedIpRanges string[] = []

@description('Who gets the mail of an alert; without it alerts are only seen in the portal.')
param alertEmail string = ''

@description('Further settings of the app, by their names in docs/settings.md.')
param settings appSettings = {}

@description('How azd finds what belongs to the environment.')
var tags = { 'azd-env-name': environmentName }
@description('What makes names unique in the cloud, and the same at every deployment.')
var token = uniqueString(subscription().id, environmentName, location)

resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: 'rg-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: {
    name: 'id-${token}'
    location: location
    tags: tags
  }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: {
    name: 'st${token}'
    location: location
    tags: tags
  }
}

module arrivals 'modules/arrivals.bicep' = {
  scope: group
  params: {
    name: 'evgt-${token}'
    location: location
    tags: tags
    storageAccountName: storage.outputs.name
  }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: {
    workspaceName: 'log-${token}'
    applicationInsightsName: 'appi-${token}'
    location: location
    tags: tags
  }
}

module roleAssignments 'modules/roleAssignments.bicep' = {
  scope: group
  params: {
    principalId: identity.outputs.principalId
    storageAccountName: storage.outputs.name
    applicationInsightsName: monitoring.outputs.applicationInsightsName
  }
}

module functionApp 'modules/functionApp.bicep' = {
  scope: group
  params: {
    name: 'func-${token}'
    planName: 'plan-${token}'
    location: location
    tags: tags
    identity: {
      id: identity.outputs.id
      clientId: identity.outputs.clientId
    }
    storage: {
      endpoints: storage.outputs.endpoints
      packageContainerUrl: storage.outputs.packageContainerUrl
    }
    monitoring: {
      connectionString: monitoring.outputs.connectionString
      workspaceId: monitoring.outputs.workspaceId
    }
    api: {
      clientId: apiClientId
      identifierUri: apiIdentifierUri
    }
    graphCredential: graphCredential
    cloud: cloud
    nodeVersion: nodeVersion
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    allowedIpRanges: allowedIpRanges
    settings: settings
  }
  // The host opens its storage when it starts.
  dependsOn: [roleAssignments]
}

module authentication 'modules/authentication.bicep' = {
  scope: group
  params: {
    siteName: functionApp.outputs.name
    clientId: apiClientId
    identifierUri: apiIdentifierUri
  }
}

module alerts 'modules/alerts.bicep' = {
  scope: group
  params: {
    name: 'alert-${token}'
    location: location
    tags: tags
    workspaceId: monitoring.outputs.workspaceId
    email: alertEmail
  }
}

@description('Resource group that holds everything.')
output AZURE_RESOURCE_GROUP string = group.name

@description('Name of the function app: where a package is deployed.')
output SERVICE_API_NAME string = functionApp.outputs.name

@description('Address of the function app.')
output SERVICE_API_URI string = functionApp.outputs.uri

@description('Object id of the identity: what infra/graph/grants.bicep gives permissions to.')
output IDENTITY_PRINCIPAL_ID string = identity.outputs.principalId

@description('As whom Microsoft Graph is called: which permissions that step has to give.')
output GRAPH_CREDENTIAL string = graphCredential
