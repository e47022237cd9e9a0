import { readFileSync } from 'node:fs';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { CommandError } from './commandError.ts';
import { exitCodes, exitCodesHelp } from './exitCodes.ts';
import { usualUrl, type RegisterOptions } from './options.ts';
import { register } from './register.ts';
import { start } from './start.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

const examples = `
Examples:
  device-registrar register devices.csv --dry-run        judge every row, write nothing
  device-registrar register devices.csv                  register them; the report is devices.report.csv
  device-registrar register --job ID                     follow a job that goes on
  device-registrar register --undo ID                    delete what a job has created

${exitCodesHelp}`;

/** @throws InvalidArgumentError unless it is a list of what can be made up */
function toGenerate(text: string): RegisterOptions['generate'] {
  const kinds = text.split(',');
  if (kinds.every((kind) => kind === 'deviceId' || kind === 'key')) return kinds;
  throw new InvalidArgumentError('deviceId, key, or both with a comma between them are expected.');
}

/** @throws InvalidArgumentError unless it is a whole number of seconds */
function toSeconds(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A whole number of seconds is expected.');
}

const program = new Command('device-registrar')
  .description('Registers devices through Device Registrar, and runs it on this machine.')
  .version(version)
  .exitOverride();

program
  .command('start')
  .description('build the app and serve it on this machine, as `npm start` does')
  .option('--https', 'with a certificate for localhost')
  .action(async ({ https }: { https?: boolean }) => {
    process.exitCode = await start(https ? ['--https'] : []);
  });

program
  .command('register')
  .description(
    'register the devices of a manifest (CSV, JSON Lines or JSON), and write a report with a line for each row',
  )
  .argument('[file]', 'the manifest; - is standard input')
  .addOption(new Option('--url <address>', 'where the service is').default(usualUrl).env('REGISTRAR_URL'))
  .addOption(new Option('--token <token>', 'access token; better in the environment').env('REGISTRAR_TOKEN'))
  .option('--dry-run', 'judge every row, and write nothing')
  .addOption(
    new Option('--generate <what>', 'make up deviceId, key or both where rows have none')
      .argParser(toGenerate)
      .default([], 'nothing'),
  )
  .option('--again', 'register a file that was registered before once more, in a job of its own')
  .addOption(
    new Option('--format <format>', 'how the manifest is written, where its name does not say').choices([
      'csv',
      'jsonl',
      'json',
    ]),
  )
  .option('--job <id>', 'follow a job that is there, and write its report')
  .option('--cancel <id>', 'cancel a job; what it has registered stays')
  .option('--undo <id>', 'delete the devices that a job has created')
  .option('--yes', 'with --undo: do not ask')
  .option(
    '--report <file>',
    'where the report goes, in CSV, or in JSON Lines if it ends in .jsonl (default: FILE.report.csv)',
  )
  .addOption(
    new Option('--patience <seconds>', 'how long to wait for a service that does not answer')
      .argParser(toSeconds)
      .default(60),
  )
  .option('--quiet', 'print nothing but errors')
  .option('--json', 'print what came out as one JSON object')
  .addHelpText('after', examples)
  .action(async (file: string | undefined, options: RegisterOptions) => {
    process.exitCode = await register(file, options);
  });

program.commands.forEach((command) => command.exitOverride());

try {
  await program.parseAsync();
} catch (error) {
  if (error instanceof CommanderError) {
    // It has said what is wrong, or has shown the help that was asked for.
    process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.refused;
  } else if (error instanceof CommandError) {
    console.error(error.message);
    process.exitCode = error.exitCode;
  } else {
    throw error;
  }
}
