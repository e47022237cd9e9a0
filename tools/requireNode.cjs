// Plain old JavaScript on purpose: it must be readable by the very Node that is too old for the rest.
// 22.18 is the first that reads TypeScript and has SQLite without a flag.
var version = process.versions.node.split('.');
if (Number(version[0]) < 22 || (Number(version[0]) === 22 && Number(version[1]) < 18)) {
  console.error(
    'Device Registrar needs Node 22.18 or newer; this is Node ' +
      process.versions.node +
      ' (run `npm install` without --ignore-scripts to get the pinned one).',
  );
  process.exit(1);
}
