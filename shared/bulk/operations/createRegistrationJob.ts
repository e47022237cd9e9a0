import { deviceRoles } from '../../contract/directoryRoles.ts';
import { GraphError } from '../../contract/errors.ts';
import pages from '../../contract/generated/operations.json' with { type: 'json' };
import type { Operation } from '../../operations/operation.ts';
import { inbox } from '../paths.ts';
import { formatOf } from '../rows/formatOf.ts';
import { booleanIn, parametersIn } from './parameters.ts';
import { addressOf, goesOn, toJson } from './toJson.ts';

/** Registers the devices of a manifest, in a job that goes on after the answer. */
export const createRegistrationJob: Operation = {
  ...pages.createRegistrationJob,
  isOurs: true,
  // A manifest is no JSON body: it is taken as it came, and judged row by row.
  body: undefined,
  rolesInGraph: deviceRoles,

  async run({ query, headers, bytes, caller, jobs, base }) {
    const parameters = parametersIn(query.text, ['dryRun', 'generateDeviceId', 'generateKey']);
    const format = formatOf(headers.get('content-type'));
    if (!format) throw unknownFormat();
    const idempotencyKey = headers.get('idempotency-key') ?? undefined;
    if (idempotencyKey !== undefined && !/^[\x21-\x7e]{1,255}$/.test(idempotencyKey)) throw wrongKey();
    const job = await jobs.start(caller, {
      format,
      dryRun: booleanIn(parameters, 'dryRun'),
      generate: { deviceId: booleanIn(parameters, 'generateDeviceId'), key: booleanIn(parameters, 'generateKey') },
      bytes: await bytes({
        maxBytes: jobs.maxUploadBytes,
        hint: `Put a larger manifest as a blob into the container ${inbox}; it may have any size.`,
      }),
      ...(idempotencyKey !== undefined && { idempotencyKey }),
    });
    const now = jobs.now();
    return {
      status: 202,
      context: 'registrationJobs/$entity',
      json: toJson(job, base, now),
      headers: goesOn(job, addressOf(job, base), now),
    };
  },

  // docs/sources.md, rows 1 and 3: today's Graph lets no application create devices.
  current: {
    permissions: { ...pages.createRegistrationJob.permissions, application: [] },
    directoryRoles: deviceRoles,
  },
};

const unknownFormat = (): GraphError =>
  new GraphError(
    'BadRequest',
    'The Content-Type of a manifest is text/csv, application/x-ndjson or application/json.',
    {
      status: 415,
    },
  );

const wrongKey = (): GraphError =>
  new GraphError('BadRequest', 'An Idempotency-Key is a text of 1 to 255 printable characters without blanks.');
