/**
 * API versions that the templates may use: in the public index of resource types, and no preview where there is none newer.
 * A version that is not here may exist; look it up, then add it.
 */
export const versions: Readonly<Record<string, readonly string[]>> = {
  'Microsoft.Authorization/roleAssignments': ['2022-04-01'],
  'Microsoft.EventGrid/systemTopics': ['2025-02-15'],
  'Microsoft.EventGrid/systemTopics/eventSubscriptions': ['2025-02-15'],
  'Microsoft.Insights/actionGroups': ['2023-01-01'],
  'Microsoft.Insights/components': ['2020-02-02'],
  // 2016-09-01, the newest that is no preview, knows no category groups.
  'Microsoft.Insights/diagnosticSettings': ['2021-05-01-preview'],
  'Microsoft.Insights/scheduledQueryRules': ['2026-03-01'],
  'Microsoft.ManagedIdentity/userAssignedIdentities': ['2024-11-30'],
  'Microsoft.OperationalInsights/workspaces': ['2026-03-01'],
  'Microsoft.Resources/resourceGroups': ['2025-04-01'],
  'Microsoft.Storage/storageAccounts': ['2025-06-01', '2025-08-01', '2026-04-01'],
  'Microsoft.Storage/storageAccounts/blobServices': ['2025-06-01', '2025-08-01', '2026-04-01'],
  'Microsoft.Storage/storageAccounts/blobServices/containers': ['2025-06-01', '2025-08-01', '2026-04-01'],
  'Microsoft.Storage/storageAccounts/managementPolicies': ['2025-06-01', '2025-08-01', '2026-04-01'],
  'Microsoft.Storage/storageAccounts/queueServices': ['2025-06-01', '2025-08-01', '2026-04-01'],
  'Microsoft.Storage/storageAccounts/queueServices/queues': ['2025-06-01', '2025-08-01', '2026-04-01'],
  'Microsoft.Storage/storageAccounts/tableServices': ['2025-06-01', '2025-08-01', '2026-04-01'],
  'Microsoft.Storage/storageAccounts/tableServices/tables': ['2025-06-01', '2025-08-01', '2026-04-01'],
  'Microsoft.Web/serverfarms': ['2025-03-01'],
  'Microsoft.Web/sites': ['2025-03-01'],
  'Microsoft.Web/sites/basicPublishingCredentialsPolicies': ['2025-03-01'],
  'Microsoft.Web/sites/config': ['2025-03-01'],
  'Microsoft.Graph/appRoleAssignedTo': ['v1.0'],
  'Microsoft.Graph/applications': ['v1.0'],
  'Microsoft.Graph/applications/federatedIdentityCredentials': ['v1.0'],
  'Microsoft.Graph/oauth2PermissionGrants': ['v1.0'],
  'Microsoft.Graph/servicePrincipals': ['v1.0'],
};

/** Roles that the templates may give, by their ids: each opens data, none manages anything. */
export const roles: Readonly<Record<string, string>> = {
  'b7e6dc6d-f1e8-4753-8033-0f276bb0955b': 'Storage Blob Data Owner',
  '974c5e8b-45b9-4653-ba55-5f855dd0fb88': 'Storage Queue Data Contributor',
  'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a': 'Storage Queue Data Message Sender',
  '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3': 'Storage Table Data Contributor',
  '3913510d-42f4-4e42-8a64-420c390055eb': 'Monitoring Metrics Publisher',
};

/** Properties that a resource must have, with the value as it is written; `*` takes any. */
export interface Requirement {
  type: string;
  /** Only resources of this name. */
  name?: string;
  properties: Readonly<Record<string, string>>;
}

export const requirements: readonly Requirement[] = [
  {
    type: 'Microsoft.Storage/storageAccounts',
    properties: {
      'properties.allowBlobPublicAccess': 'false',
      'properties.allowCrossTenantReplication': 'false',
      'properties.allowSharedKeyAccess': 'false',
      'properties.defaultToOAuthAuthentication': 'true',
      'properties.minimumTlsVersion': "'TLS1_2'",
      'properties.supportsHttpsTrafficOnly': 'true',
    },
  },
  {
    type: 'Microsoft.Storage/storageAccounts/blobServices/containers',
    properties: { 'properties.publicAccess': "'None'" },
  },
  {
    type: 'Microsoft.OperationalInsights/workspaces',
    properties: { 'properties.features.disableLocalAuth': 'true' },
  },
  {
    type: 'Microsoft.Insights/components',
    properties: { 'properties.DisableLocalAuth': 'true', 'properties.WorkspaceResourceId': '*' },
  },
  {
    type: 'Microsoft.Web/serverfarms',
    properties: { 'sku.name': "'FC1'", 'sku.tier': "'FlexConsumption'", 'properties.reserved': 'true' },
  },
  {
    type: 'Microsoft.Web/sites',
    properties: {
      kind: "'functionapp,linux'",
      'identity.type': "'UserAssigned'",
      'properties.httpsOnly': 'true',
      'properties.functionAppConfig.deployment.storage.authentication.type': "'UserAssignedIdentity'",
      'properties.functionAppConfig.runtime.version': '*',
      'properties.functionAppConfig.scaleAndConcurrency.maximumInstanceCount': '*',
      'properties.siteConfig.ftpsState': "'Disabled'",
      'properties.siteConfig.http20Enabled': 'true',
      'properties.siteConfig.minTlsVersion': "'1.2'",
      'properties.siteConfig.scmMinTlsVersion': "'1.2'",
      'properties.siteConfig.remoteDebuggingEnabled': 'false',
    },
  },
  {
    type: 'Microsoft.Web/sites/basicPublishingCredentialsPolicies',
    properties: { 'properties.allow': 'false' },
  },
  {
    type: 'Microsoft.Web/sites/config',
    name: 'authsettingsV2',
    properties: {
      'properties.platform.enabled': 'true',
      'properties.globalValidation.requireAuthentication': 'true',
      'properties.globalValidation.unauthenticatedClientAction': "'Return401'",
      'properties.httpSettings.requireHttps': 'true',
      'properties.login.tokenStore.enabled': 'false',
      'properties.identityProviders.azureActiveDirectory.validation.allowedAudiences': '*',
    },
  },
  {
    type: 'Microsoft.Authorization/roleAssignments',
    properties: { scope: '*', 'properties.principalType': "'ServicePrincipal'", 'properties.roleDefinitionId': '*' },
  },
];
