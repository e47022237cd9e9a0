metadata description = 'Tells the app at once when a file has arrived in the inbox: an event of the storage account becomes a message of a queue.'

import { resourceTags } from 'types.bicep'

@description('Required. Name of the topic.')
param name string

@description('Required. Region of the storage account.')
param location string

@description('Required. Tags.')
param tags resourceTags

@description('Required. Name of the storage account.')
param storageAccountName string

@description('Id of the role that lets the topic write messages.')
var queueDataMessageSender = 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a'

resource storageAccount 'Microsoft.Storage/storageAccounts@2025-08-01' existing = {
  name: storageAccountName
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: name
  location: location
  tags: tags
  identity: { type: 'SystemAssigned' }
  properties: {
    source: storageAccount.id
    topicType: 'Microsoft.Storage.StorageAccounts'
  }

  resource arrivals 'eventSubscriptions' = {
    name: 'registration-arrivals'
    properties: {
      // Without a key: the topic shows its own identity.
      deliveryWithResourceIdentity: {
        identity: { type: 'SystemAssigned' }
        destination: {
          endpointType: 'StorageQueue'
          properties: { resourceId: storageAccount.id, queueName: 'registration-arrivals' }
        }
      }
      filter: {
        includedEventTypes: ['Microsoft.Storage.BlobCreated']
        subjectBeginsWith: '/blobServices/default/containers/registration-inbox/'
      }
    }
    dependsOn: [sender]
  }
}

resource sender 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  scope: storageAccount
  name: guid(storageAccount.id, name, queueDataMessageSender)
  properties: {
    description: 'Storage Queue Data Message Sender'
    principalId: topic.identity.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', queueDataMessageSender)
  }
}
