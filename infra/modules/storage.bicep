metadata description = 'The storage account of the host: leases, function keys and the deployed package. Nobody has a key to it.'

import { resourceTags, storageEndpoints } from 'types.bicep'

@minLength(3)
@maxLength(24)
@description('Required. Name of the account, unique in the cloud.')
param name string

@description('Required. Region.')
param location string

@description('Required. Tags.')
param tags resourceTags

resource account 'Microsoft.Storage/storageAccounts@2025-08-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    // Only identities get in: an account key would open everything, and to anybody.
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    // The app reaches it from addresses that change; roles decide, not networks.
    publicNetworkAccess: 'Enabled'
    supportsHttpsTrafficOnly: true
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      // A package that was overwritten or deleted can be had back.
      deleteRetentionPolicy: { enabled: true, days: 7 }
      containerDeleteRetentionPolicy: { enabled: true, days: 7 }
    }

    resource packages 'containers' = {
      name: 'packages'
      properties: { publicAccess: 'None' }
    }
  }
}

@description('Name of the account.')
output name string = account.name

@description('Addresses of its services, which differ from cloud to cloud.')
output endpoints storageEndpoints = {
  blob: account.properties.primaryEndpoints.blob
  queue: account.properties.primaryEndpoints.queue
  table: account.properties.primaryEndpoints.table
}

@description('Address of the container of packages.')
output packageContainerUrl string = '${account.properties.primaryEndpoints.blob}${account::blobs::packages.name}'
