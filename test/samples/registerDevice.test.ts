import { readFileSync } from 'node:fs';
import { linuxBox } from '../support/devices.ts';
import { openHost } from '../support/openHost.ts';
import type { Target } from '../support/target.ts';
import { unsignedToken } from '../support/tokens.ts';
import { valueOf } from './expression.ts';
import { runWorkflow, type Outcome, type Workflow } from './workflow.ts';

const workflow = JSON.parse(readFileSync('samples/logic-apps/registerDevice.json', 'utf8')) as Workflow;
const user = 'adele@contoso.example';

let app: Target;
beforeEach(async () => {
  app = await openHost();
});
afterEach(() => app.stop());

/** The workflow with the rights that its README asks for. */
const run = (device: object): Promise<Outcome> =>
  runWorkflow(workflow, {
    trigger: { user, device },
    parameters: { registrar: app.base },
    token: unsignedToken({ roles: ['Device.ReadWrite.All'], idtyp: 'app' }),
  });

const registered = async (): Promise<{ id: string }[]> => {
  const headers = { authorization: 'Bearer adele' };
  const answer = await fetch(`${app.base}/v1.0/users/${user}/registeredDevices`, { headers });
  return ((await answer.json()) as { value: { id: string }[] }).value;
};

test('the workflow makes a device and registers it for the user', async () => {
  const device = linuxBox();
  const { response, results } = await run(device);
  expect(response).toMatchObject({ statusCode: 200, body: device });
  expect(results.Create_device?.outputs?.statusCode).toBe(201);
  expect(await registered()).toMatchObject([{ deviceId: device.deviceId }]);
});

test('run again, it finds one device and one link, and answers the same', async () => {
  const device = linuxBox();
  const [first, second] = [await run(device), await run(device)];
  expect(second.results.Create_device?.outputs?.statusCode).toBe(400);
  expect(second.results.Register_device?.outputs?.statusCode).toBe(400);
  expect(second.response).toEqual(first.response);
  expect(await registered()).toHaveLength(1);
});

test('a run that broke off after the create is finished by the next one', async () => {
  const device = linuxBox();
  const { Create_device: create } = workflow.actions;
  await runWorkflow(
    { ...workflow, actions: { ...(create && { Create_device: create }) } },
    { trigger: { user, device }, parameters: { registrar: app.base }, token: 'adele' },
  );
  expect(await registered()).toEqual([]);
  expect((await run(device)).response?.statusCode).toBe(200);
  expect(await registered()).toHaveLength(1);
});

test('a device that is refused ends the run with the error, and nothing is registered', async () => {
  const outcome = await run(linuxBox({ displayName: '' }));
  expect(outcome.error?.code).toBe('Request_BadRequest');
  expect(outcome.error?.message).toContain('displayName');
  expect(outcome.response).toBeUndefined();
  expect(outcome.results).not.toHaveProperty('Get_device');
  expect(await registered()).toEqual([]);
});

test('a workflow without the permission ends with the error that says so', async () => {
  const token = unsignedToken({ roles: ['Device.Read.All'], idtyp: 'app' });
  const { error } = await runWorkflow(workflow, {
    trigger: { user, device: linuxBox() },
    parameters: { registrar: app.base },
    token,
  });
  expect(error?.code).toBe('Authorization_RequestDenied');
});

test('the interpreter refuses what it does not know', () => {
  expect(() => valueOf('@guid()', {})).toThrow('guid is not known');
  expect(() => valueOf("@f('a'", { f: () => 1 })).toThrow('ends too early');
  expect(() => valueOf("@f()['a']", { f: () => null })).toThrow('asks nothing for a');
  expect(valueOf("@f()?['a']", { f: () => null })).toBeNull();
  expect(valueOf('plain, with an @ in it', {})).toBe('plain, with an @ in it');
});
