metadata description = 'The storage account of the host (leases, function keys, the deployed package) and of jobs. Nobody has a key to it.'

import { resourceTags, storageEndpoints } from 'types.bicep'

@minLength(3)
@maxLength(24)
@description('Required. Name of the account, unique in the cloud.')
param name string

@description('Required. Region.')
param location string

@description('Required. Tags.')
param tags resourceTags

@description('Containers of jobs, as shared/bulk/paths.ts names them.')
var jobContainers = ['registration-jobs', 'registration-inbox', 'registration-archive', 'registration-rejected']
@description('Queues of jobs, as functions/queue names them.')
var jobQueues = ['registration-jobs', 'registration-jobs-poison', 'registration-arrivals']

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

    resource jobs 'containers' = [
      for container in jobContainers: {
        name: container
        properties: { publicAccess: 'None' }
      }
    ]
  }

  resource queues 'queueServices' = {
    name: 'default'

    resource jobs 'queues' = [for queue in jobQueues: { name: queue }]
  }

  resource tables 'tableServices' = {
    name: 'default'

    resource jobs 'tables' = { name: 'registrationJobs' }
  }

  // Reports are read for some weeks at most; what is in the archive is for whoever put it there to remove.
  resource lifecycle 'managementPolicies' = {
    name: 'default'
    properties: {
      policy: {
        rules: [
          {
            name: 'old-jobs'
            type: 'Lifecycle'
            definition: {
              actions: { baseBlob: { delete: { daysAfterModificationGreaterThan: 60 } } }
              filters: { blobTypes: ['blockBlob'], prefixMatch: ['registration-jobs/'] }
            }
          }
        ]
      }
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
