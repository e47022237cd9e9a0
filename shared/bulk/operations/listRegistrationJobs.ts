import { Json } from '../../contract/json.ts';
import pages from '../../contract/generated/operations.json' with { type: 'json' };
import type { Operation } from '../../operations/operation.ts';
import { integerIn, pageTokenIn, parametersIn } from './parameters.ts';
import { toJson } from './toJson.ts';

/** Lists the jobs of the caller, or, for an administrator, all jobs; the newest first. */
export const listRegistrationJobs: Operation = {
  ...pages.listRegistrationJobs,
  isOurs: true,
  async run({ query, caller, jobs, base }) {
    const parameters = parametersIn(query.text, ['$top', '$skiptoken']);
    const top = integerIn(parameters, '$top', { least: 1, most: 100, usual: 20 });
    const after = pageTokenIn(parameters, /^\d{14}-[\da-f-]{36}$/);
    const page = await jobs.list(caller, top, after);
    const now = jobs.now();
    const next =
      page.next === undefined ? undefined : `${base}/v1.0/registrationJobs?$top=${top}&$skiptoken=${page.next}`;
    const link = next === undefined ? '' : `"@odata.nextLink":${JSON.stringify(next)},`;
    const value = page.jobs.map((job) => toJson(job, base, now).text).join(',');
    return { status: 200, context: 'registrationJobs', json: new Json(`{${link}"value":[${value}]}`) };
  },
};
