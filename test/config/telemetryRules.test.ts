import { ConfigError, readConfig } from '../../shared/config/readConfig.ts';

function reasonsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig(env, true);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.reasons;
    throw error;
  }
}

const key = '0f8fad5b-d9cb-469f-a165-70867728950e';

test('settings: telemetry needs none of them, and is modest by default', () => {
  expect(readConfig({}, true)).toMatchObject({
    APPLICATIONINSIGHTS_CONNECTION_STRING: undefined,
    TELEMETRY_SAMPLING_PERCENT: 100,
    TELEMETRY_LIVE_METRICS: false,
    TELEMETRY_PERSONAL_DATA: 'redacted',
    LOG_FORMAT: 'text',
  });
});

test.each([
  `InstrumentationKey=${key}`,
  `InstrumentationKey=${key};IngestionEndpoint=https://westeurope-5.in.applicationinsights.azure.com/;ApplicationId=${key}`,
  `IngestionEndpoint=https://x.in.applicationinsights.azure.com/; InstrumentationKey=${key.toUpperCase()}`,
])('settings: %s is a connection string', (text) => {
  expect(reasonsOf({ APPLICATIONINSIGHTS_CONNECTION_STRING: text })).toEqual([]);
});

test.each(['http://x.in.applicationinsights.azure.com/', 'x.in.applicationinsights.azure.com', ''])(
  'settings: records are not sent without encryption, to the ingestion endpoint "%s"',
  (endpoint) => {
    const text = `InstrumentationKey=${key};IngestionEndpoint=${endpoint}`;
    expect(reasonsOf({ APPLICATIONINSIGHTS_CONNECTION_STRING: text })).toEqual([
      expect.stringMatching(/^APPLICATIONINSIGHTS_CONNECTION_STRING is wrong; .*IngestionEndpoint=https:/),
    ]);
  },
);

test('settings: every mistake about telemetry is named at once, and the connection string is not shown', () => {
  const wrong = {
    APPLICATIONINSIGHTS_CONNECTION_STRING: 'InstrumentationKey=secret',
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=Basic',
    TELEMETRY_SAMPLING_PERCENT: '101',
    TELEMETRY_PERSONAL_DATA: 'some',
    TELEMETRY_ENDPOINT: 'https://collector.contoso.com/v2.1',
    LOG_FORMAT: 'xml',
  };
  const reasons = reasonsOf(wrong);
  expect(reasons).toEqual([
    "LOG_FORMAT is 'xml'; one of text, json, none is expected.",
    "TELEMETRY_SAMPLING_PERCENT is '101'; a whole number from 0 to 100 is expected.",
    "TELEMETRY_PERSONAL_DATA is 'some'; one of redacted, full is expected.",
    expect.stringMatching(/^APPLICATIONINSIGHTS_CONNECTION_STRING is wrong; InstrumentationKey=\{GUID\}/),
    expect.stringMatching(/^APPLICATIONINSIGHTS_AUTHENTICATION_STRING is wrong; Authorization=AAD or ClientId=/),
    expect.stringMatching(
      /^TELEMETRY_ENDPOINT is 'https:\/\/collector.contoso.com\/v2.1'; it may only be on this machine/,
    ),
  ]);
  expect(reasons.join()).not.toContain('secret');
});

test.each(['Authorization=AAD', `ClientId=${key};Authorization=AAD`, `ClientId=${key}; Authorization=AAD;`])(
  'settings: %s names an identity',
  (text) => {
    expect(reasonsOf({ APPLICATIONINSIGHTS_AUTHENTICATION_STRING: text })).toEqual([]);
  },
);

test.each(['http://127.0.0.1:4318/v2.1', 'https://localhost:4318', 'http://[::1]:4318'])(
  'settings: a collector may listen at %s',
  (endpoint) => {
    expect(reasonsOf({ TELEMETRY_ENDPOINT: endpoint })).toEqual([]);
  },
);

test('settings: what a collector on this machine gets is not sent to Live Metrics besides', () => {
  const endpoint = { TELEMETRY_ENDPOINT: 'http://127.0.0.1:4318' };
  expect(reasonsOf({ ...endpoint, TELEMETRY_LIVE_METRICS: 'true' })).toEqual([
    expect.stringMatching(/^TELEMETRY_LIVE_METRICS=true .* TELEMETRY_ENDPOINT/),
  ]);
});
