metadata description = 'The user-assigned identity: who the app is, to storage, to telemetry and to Microsoft Entra.'

import { resourceTags } from 'types.bicep'

@description('Required. Name of the identity.')
param name string

@description('Required. Region.')
param location string

@description('Required. Tags.')
param tags resourceTags

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = {
  name: name
  location: location
  tags: tags
}

@description('Resource id.')
output id string = identity.id

@description('Client id: how the app names the identity when it asks for a token.')
output clientId string = identity.properties.clientId

@description('Object id: to whom roles and permissions are given.')
output principalId string = identity.properties.principalId
