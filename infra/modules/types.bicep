metadata description = 'Types that several templates share.'

@export()
@description('Tags, by their names.')
type resourceTags = {
  @description('The value of a tag.')
  *: string
}

@export()
@sealed()
@description('Settings that a deployment may change, as shared/config/settings.ts describes them. What is left out has its default.')
type appSettings = {
  @minValue(1)
  @maxValue(90)
  @description('Largest manifest that can be sent, in MB.')
  BULK_MAX_UPLOAD_MB: int?

  @description('When files in the inbox become jobs: second, minute, hour, day, month, weekday.')
  BULK_SCHEDULE: string?

  @minValue(1)
  @maxValue(3600)
  @description('Seconds without progress after which what is missing of a job is sent again.')
  BULK_STALLED_S: int?

  @description('When jobs without progress are looked for, in six fields as well.')
  BULK_SWEEP_SCHEDULE: string?

  @minValue(0)
  @maxValue(18000)
  @description('Writes in 150 seconds by all jobs together; 0 is without bounds.')
  BULK_WRITES_PER_150S: int?

  @description('Answer as the documentation says, or as today\'s Graph does.')
  CONTRACT: ('documented' | 'current')?

  @minValue(0)
  @maxValue(600)
  @description('Seconds by which the clock here and that of the issuer may differ.')
  ENTRA_CLOCK_TOLERANCE_S: int?

  @minValue(100)
  @maxValue(200000)
  @description('Milliseconds that one call of Microsoft Graph may take.')
  GRAPH_TIMEOUT_MS: int?

  @minValue(1)
  @maxValue(200)
  @description('Seconds in which a request is answered, repetitions included.')
  GRAPH_TIME_BUDGET_S: int?

  @description('How answers call this service; by default as the caller did.')
  PUBLIC_BASE_URL: string?

  @description('Feed Live Metrics in the portal.')
  TELEMETRY_LIVE_METRICS: bool?

  @description('Whether log and telemetry may hold names of people.')
  TELEMETRY_PERSONAL_DATA: ('redacted' | 'full')?

  @minValue(0)
  @maxValue(100)
  @description('Share of the traces of which details are sent; metrics and audit events count everything.')
  TELEMETRY_SAMPLING_PERCENT: int?

  @description('Believe X-Forwarded-Host and X-Forwarded-Proto: only behind a proxy that sets them.')
  TRUST_FORWARDED: bool?
}

@export()
@sealed()
@description('The user-assigned identity as which the app meets Azure.')
type appIdentity = {
  @description('Resource id.')
  id: string

  @description('Client id.')
  clientId: string
}

@export()
@sealed()
@description('Addresses of the services of a storage account.')
type storageEndpoints = {
  @description('Blobs.')
  blob: string

  @description('Queues.')
  queue: string

  @description('Tables.')
  table: string
}

@export()
@sealed()
@description('Where the host keeps its things, and the package lies.')
type appStorage = {
  @description('Addresses of the storage account.')
  endpoints: storageEndpoints

  @description('Address of the container of packages.')
  packageContainerUrl: string
}

@export()
@sealed()
@description('Where telemetry goes.')
type appMonitoring = {
  @description('Connection string of Application Insights; it names the resource and proves nothing.')
  connectionString: string

  @description('Resource id of the Log Analytics workspace.')
  workspaceId: string
}

@export()
@sealed()
@description('The app registration that callers ask tokens for.')
type appRegistration = {
  @description('Client id: whom tokens of version 2 are for.')
  clientId: string

  @description('App ID URI: whom tokens of version 1 are for.')
  identifierUri: string
}
