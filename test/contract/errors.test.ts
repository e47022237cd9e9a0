import { GraphError, toErrorBody, toGraphError } from '../../shared/contract/errors.ts';

const ids = { requestId: 'r', clientRequestId: 'c' };
const now = new Date('2026-01-15T09:30:00.123Z');

test('an error has the shape that Graph gives it, its date without zone and fraction', () => {
  const error = new GraphError('Request_BadRequest', 'No.', {
    details: [{ code: 'InvalidValue', target: 'id', message: 'Wrong.' }],
  });
  expect(JSON.parse(toErrorBody(error, ids, now))).toEqual({
    error: {
      code: 'Request_BadRequest',
      message: 'No.',
      details: [{ code: 'InvalidValue', target: 'id', message: 'Wrong.' }],
      innerError: { date: '2026-01-15T09:30:00', 'request-id': 'r', 'client-request-id': 'c' },
    },
  });
});

test('nothing internal leaves: whatever is thrown becomes a plain 500, its cause kept for the log', () => {
  const thrown = new Error('SQLITE_IOERR at /home/adele/.data');
  const error = toGraphError(thrown);
  expect([error.status, error.code, error.cause]).toEqual([500, 'generalException', thrown]);
  expect(toErrorBody(error, ids, now)).not.toMatch(/SQLITE|adele/);
});
