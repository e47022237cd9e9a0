import { operations } from '../../shared/api.ts';

const isForReading = (permission: string): boolean => /\.Read(?:Basic)?(?:\.|$)/.test(permission);

test('what is audited as a write is what no permission for reading is enough for', () => {
  const others = operations.filter(({ method }) => method !== 'GET');
  const audited = others.filter(({ changesNothing }) => !changesNothing).map(({ id }) => id);
  const needsWriting = others.filter(
    ({ permissions, holdsRequests }) =>
      !holdsRequests && ![...permissions.delegated, ...permissions.application].some(isForReading),
  );
  expect(audited).toEqual(needsWriting.map(({ id }) => id));
  expect(audited).toEqual(expect.arrayContaining(['createDevice', 'deleteDevice', 'addDeviceRegisteredUser']));
  expect(others.length).toBeGreaterThan(audited.length);
});
