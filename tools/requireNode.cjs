// Plain old JavaScript on purpose: it must be readable by the very Node that is too old for the rest.
var major = Number(process.versions.node.split('.')[0]);
if (major < 22) {
  console.error(
    'Device Registrar needs Node 22 or newer; this is Node ' +
      process.versions.node +
      ' (run `npm install` without --ignore-scripts to get the pinned one).',
  );
  process.exit(1);
}
