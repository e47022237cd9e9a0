import { answer, type AnswerServices } from '../../shared/operations/answer.ts';
import { dispatcher } from '../../shared/operations/dispatch.ts';
import { getDevice } from '../../shared/operations/getDevice.ts';
import type { Jobs } from '../../shared/bulk/port.ts';
import type { Directory } from '../../shared/directory/port.ts';

test('a directory that fails is a 500 for the caller and a line with the cause for the log', async () => {
  const failure = new Error('disk full');
  const failed: unknown[] = [];
  const services: AnswerServices = {
    identify: () => ({ kind: 'user', id: 'adele', permissions: 'all', directoryRoles: 'all' }),
    directoryFor: () => ({ getDevice: () => Promise.reject(failure) }) as unknown as Directory,
    telemetry: {
      answered: ({ operation, failure, ids }) => failed.push([operation, failure?.message, ids.requestId]),
      close: () => Promise.resolve(),
    },
    dispatcher: dispatcher([], { contract: 'documented', actsAsItself: false }),
    jobs: {} as unknown as Jobs,
    now: () => new Date('2026-01-15T09:30:00Z'),
    newId: () => 'request-1',
  };
  const params = { id: '98b7e341-e341-98b7-41e3-b79841e3b798' };
  const request = {
    headers: new Headers(),
    params,
    base: 'http://x',
    path: `/v1.0/devices/${params.id}`,
    query: '',
    version: 'v1.0' as const,
    text: () => Promise.resolve(''),
    bytes: () => Promise.resolve(new Uint8Array()),
  };
  const { status, text } = await answer(getDevice, request, services);
  expect(status).toBe(500);
  expect(JSON.parse(text)).toMatchObject({
    error: { code: 'generalException', innerError: { 'request-id': 'request-1' } },
  });
  expect(text).not.toContain('disk full');
  expect(failed).toEqual([['getDevice', 'disk full', 'request-1']]);
});
