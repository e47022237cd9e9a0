import { resolve, type Functions } from './expression.ts';

type Status = 'Succeeded' | 'Failed' | 'Skipped';
interface Action {
  type: string;
  runAfter: Record<string, Status[]>;
  inputs?: unknown;
  expression?: Condition;
  actions?: Actions;
  else?: { actions: Actions };
}
type Actions = Record<string, Action>;
type Condition = { or: Condition[] } | { equals: [unknown, unknown] } | { contains: [unknown, unknown] };
interface HttpInputs {
  method: string;
  uri: string;
  headers?: Record<string, string>;
  body?: unknown;
}
interface Result {
  status: Status;
  outputs?: { statusCode: number; body: unknown };
}
export interface Workflow {
  parameters: Record<string, { defaultValue: unknown }>;
  actions: Actions;
}

/** What became of a run: the answer it gave, or the error with which it ended. */
export interface Outcome {
  results: Readonly<Record<string, Result>>;
  response?: { statusCode: number; body: unknown };
  error?: { code: string; message: string };
}

/**
 * Runs a workflow as Logic Apps would, as far as our samples need it: Http (without repetitions), If, Terminate, Response.
 * @param token the bearer token of the workflow's managed identity
 * @throws Error at whatever is not known here
 */
export async function runWorkflow(
  workflow: Workflow,
  given: { trigger: unknown; parameters: Record<string, unknown>; token: string },
): Promise<Outcome> {
  const results: Record<string, Result> = {};
  const outcome: Outcome = { results };
  const functions: Functions = {
    triggerBody: () => given.trigger,
    parameters: (name) => given.parameters[String(name)] ?? workflow.parameters[String(name)]?.defaultValue,
    outputs: (name) => results[String(name)]?.outputs,
    body: (name) => results[String(name)]?.outputs?.body,
    coalesce: (...values) => values.find((value) => value !== null),
    encodeURIComponent: (value) => encodeURIComponent(String(value)),
  };

  const holds = (condition: Condition): boolean => {
    if ('or' in condition) return condition.or.some(holds);
    if ('equals' in condition) {
      const [one, other] = condition.equals.map((value) => resolve(value, functions));
      return one === other;
    }
    const [text, part] = condition.contains.map((value) => String(resolve(value, functions)));
    return String(text).includes(String(part));
  };

  const run = async ({ type, inputs: raw, expression, actions = {}, else: other }: Action): Promise<Result> => {
    if (type === 'If') {
      if (!expression) throw new Error('An If has no expression.');
      return { status: await runAll(holds(expression) ? actions : (other?.actions ?? {})) };
    }
    const inputs = resolve(raw, functions);
    if (type === 'Http') return call(inputs as HttpInputs, given.token);
    if (type === 'Response') outcome.response = inputs as NonNullable<Outcome['response']>;
    else if (type === 'Terminate') outcome.error = (inputs as { runError: NonNullable<Outcome['error']> }).runError;
    else throw new Error(`Actions of type ${type} are not known.`);
    return { status: 'Succeeded' };
  };

  /** In the order that `runAfter` asks for. */
  const runAll = async (actions: Actions): Promise<Status> => {
    const waiting = new Map(Object.entries(actions));
    while (waiting.size > 0 && !outcome.error) {
      const [name, action] =
        [...waiting].find(([, { runAfter }]) => Object.keys(runAfter).every((before) => before in results)) ?? [];
      if (name === undefined || action === undefined) throw new Error('The actions wait for each other.');
      waiting.delete(name);
      const isNext = Object.entries(action.runAfter).every(([before, wanted]) =>
        wanted.includes(results[before]?.status ?? 'Skipped'),
      );
      results[name] = isNext ? await run(action) : { status: 'Skipped' };
    }
    return Object.keys(actions).some((name) => results[name]?.status === 'Failed') ? 'Failed' : 'Succeeded';
  };

  await runAll(workflow.actions);
  return outcome;
}

async function call({ method, uri, headers, body }: HttpInputs, token: string): Promise<Result> {
  const answer = await fetch(uri, {
    method,
    headers: { ...headers, authorization: `Bearer ${token}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const outputs = { statusCode: answer.status, body: text === '' ? null : (JSON.parse(text) as unknown) };
  return { status: answer.ok ? 'Succeeded' : 'Failed', outputs };
}
