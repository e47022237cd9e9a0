import { trace, type Tracer } from '@opentelemetry/api';
import { redactor } from '../../shared/telemetry/privacy.ts';
import { spanRecorder } from '../../shared/telemetry/spans.ts';

const id = '98b7e341-e341-98b7-41e3-b79841e3b798';

test.each([
  [`/v1.0/devices/${id}`, '/v1.0/devices/{id}'],
  [`/v1.0/devices(deviceId='${id}')`, "/v1.0/devices(deviceId='{id}')"],
  [`/v1.0/users/grady@contoso.com/registeredDevices`, '/v1.0/users/{id}/registeredDevices'],
  [`/beta/devices/${id}/registeredOwners/${id.toUpperCase()}/$ref`, '/beta/devices/{id}/registeredOwners/{id}/$ref'],
  ['/v1.0/devices/$count', '/v1.0/devices/$count'],
  [`/${id}/oauth2/v2.0/token`, '/{id}/oauth2/v2.0/token'],
  ['/v1.0/$batch', '/v1.0/$batch'],
])('telemetry: calls of %s are counted under one name', (path, expected) => {
  const names: string[] = [];
  const silent = trace.getTracer('nobody listens');
  const tracer: Tracer = {
    startSpan(name) {
      names.push(name);
      return silent.startSpan(name);
    },
    startActiveSpan: () => {
      throw new Error('No span is made active.');
    },
  };
  spanRecorder(
    tracer,
    redactor('full'),
  )({
    operation: 'getDevice',
    method: 'GET',
    isWrite: false,
    path: '/v1.0/me',
    startedAt: 0,
    durationMs: 1,
    status: 200,
    ids: { requestId: id, clientRequestId: id },
    calls: [{ method: 'GET', url: `https://graph.example${path}`, startedAt: 0, durationMs: 1, status: 200 }],
  });
  expect(names).toEqual(['getDevice', `GET ${expected}`]);
});
