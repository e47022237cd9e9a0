import { load, type LoadOptions } from './load.ts';

/** The client's process: makes the load it is asked for, one slice after the other, and reports each. */
process.on('message', (options: LoadOptions) => {
  void load(options).then(
    (report) => process.send?.({ report }),
    (error: unknown) => process.send?.({ failure: String(error) }),
  );
});
process.on('disconnect', () => process.exit());
