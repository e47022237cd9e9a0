metadata description = 'Alerts: the app fails, somebody is being throttled, or a job does not get on.'

import { resourceTags } from 'types.bicep'

@description('Required. What the names of all alerts begin with.')
param name string

@description('Required. Region.')
param location string

@description('Required. Tags.')
param tags resourceTags

@description('Required. Resource id of the Log Analytics workspace that holds the telemetry.')
param workspaceId string

@description('Required. Who gets a mail; empty means nobody.')
param email string

@description('What is watched. Telemetry may be sampled: one row stands for `ItemCount` of them.')
var rules = [
  {
    name: 'failures'
    title: 'Device Registrar fails'
    description: 'More than 5 requests in 5 minutes were answered with 500 or above: the app, or Microsoft Graph behind it, does not work.'
    query: 'AppRequests | where toint(ResultCode) >= 500'
    severity: 1
    threshold: 5
  }
  {
    name: 'throttling'
    title: 'Device Registrar is throttled'
    description: 'More than 20 calls in 5 minutes met 429: Microsoft Graph wants fewer calls, or this app wants fewer of its callers.'
    query: 'union AppRequests, AppDependencies | where ResultCode == "429"'
    severity: 2
    threshold: 20
  }
  {
    name: 'poison'
    title: 'Rows of a job could not be worked on'
    description: 'A message of a job failed at every try. Its rows are rejected in the report; the log tells why.'
    query: 'AppTraces | where Message has "failed at every try"'
    severity: 2
    threshold: 0
  }
  {
    name: 'stuck'
    title: 'A job makes no progress'
    description: 'More than twice in 5 minutes something of a job had to be sent again: its messages are lost, or fail.'
    query: 'AppTraces | where Message has "makes no progress"'
    severity: 2
    threshold: 2
  }
]

resource mail 'Microsoft.Insights/actionGroups@2023-01-01' = if (!empty(email)) {
  name: '${name}-mail'
  location: 'global'
  tags: tags
  properties: {
    enabled: true
    groupShortName: 'registrar'
    emailReceivers: [{ name: 'operators', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2026-03-01' = [
  for rule in rules: {
    name: '${name}-${rule.name}'
    location: location
    tags: tags
    properties: {
      displayName: rule.title
      description: rule.description
      enabled: true
      severity: rule.severity
      scopes: [workspaceId]
      evaluationFrequency: 'PT5M'
      windowSize: 'PT5M'
      criteria: {
        allOf: [
          {
            query: rule.query
            metricMeasureColumn: 'ItemCount'
            timeAggregation: 'Total'
            operator: 'GreaterThan'
            threshold: rule.threshold
          }
        ]
      }
      autoMitigate: true
      // A new workspace does not know the tables before the first telemetry has come.
      skipQueryValidation: true
      actions: { actionGroups: empty(email) ? [] : [mail.id] }
    }
  }
]
