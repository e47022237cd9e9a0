metadata description = 'Log Analytics, and Application Insights that takes telemetry from identities only.'

import { resourceTags } from 'types.bicep'

@description('Required. Name of the Log Analytics workspace.')
param workspaceName string

@description('Required. Name of the Application Insights resource.')
param applicationInsightsName string

@description('Required. Region.')
param location string

@description('Required. Tags.')
param tags resourceTags

resource workspace 'Microsoft.OperationalInsights/workspaces@2026-03-01' = {
  name: workspaceName
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: 30
    features: { disableLocalAuth: true }
  }
}

resource applicationInsights 'Microsoft.Insights/components@2020-02-02' = {
  name: applicationInsightsName
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    // The instrumentation key alone writes nothing: the sender needs a token of Microsoft Entra.
    DisableLocalAuth: true
    WorkspaceResourceId: workspace.id
  }
}

@description('Resource id of the workspace.')
output workspaceId string = workspace.id

@description('Name of the Application Insights resource.')
output applicationInsightsName string = applicationInsights.name

@description('Connection string of Application Insights; it names the resource and proves nothing.')
output connectionString string = applicationInsights.properties.ConnectionString
