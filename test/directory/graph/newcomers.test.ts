import { newcomers, replicationMs } from '../../../shared/directory/graph/newcomers.ts';

const id = '98b7e341-e341-98b7-41e3-b79841e3b798';
const deviceId = '4c299165-6e8f-4b45-a5ba-c5d250a707ff';

test('a new device is known for a minute by its id and by its deviceId, each in its place', () => {
  const clock = { ms: 0 };
  const young = newcomers(() => clock.ms);
  young.add(id.toUpperCase(), deviceId);
  expect([young.has({ id }), young.has({ deviceId: deviceId.toUpperCase() })]).toEqual([true, true]);
  expect([young.has({ id: deviceId }), young.has({ deviceId: id })]).toEqual([false, false]);
  clock.ms = replicationMs;
  expect([young.has({ id }), young.has({ deviceId })]).toEqual([false, false]);
});

test('a device that was deleted is forgotten by both its names, whichever it was deleted by', () => {
  for (const reference of [{ id }, { deviceId }]) {
    const young = newcomers(() => 0);
    young.add(id, deviceId);
    young.forget(reference);
    expect([young.has({ id }), young.has({ deviceId })]).toEqual([false, false]);
  }
});

test('ten thousand are remembered, and the oldest goes first', () => {
  const young = newcomers(() => 0);
  for (let count = 0; count <= 10_000; count += 1) young.add(`id-${count}`, `own-${count}`);
  expect([young.has({ id: 'id-0' }), young.has({ deviceId: 'own-0' })]).toEqual([false, false]);
  expect([young.has({ id: 'id-1' }), young.has({ deviceId: 'own-10000' })]).toEqual([true, true]);
});

test('a device that is created again with the same deviceId is new, whenever the one before is forgotten', () => {
  const clock = { ms: 0 };
  const young = newcomers(() => clock.ms);
  young.add(id, deviceId);
  clock.ms = replicationMs / 2;
  young.add('other', deviceId);
  clock.ms = replicationMs;
  young.add('third', 'own');
  expect([young.has({ id }), young.has({ id: 'other' }), young.has({ deviceId })]).toEqual([false, true, true]);
});

test('a device that was deleted is gone for a minute, and one that takes its deviceId is not', () => {
  const clock = { ms: 0 };
  const young = newcomers(() => clock.ms);
  young.forget({ deviceId: deviceId.toUpperCase() });
  expect([young.isGone(id, deviceId), young.isGone(id, 'own')]).toEqual([true, false]);
  young.add('other', deviceId);
  expect(young.isGone('other', deviceId)).toBe(false);
  young.forget({ id });
  expect([young.isGone(id.toUpperCase(), 'own'), young.isGone('other', deviceId)]).toEqual([true, false]);
  clock.ms = replicationMs;
  expect(young.isGone(id, 'own')).toBe(false);
});
