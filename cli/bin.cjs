#!/usr/bin/env node
// Plain old JavaScript on purpose: it must be readable by the very Node that is too old for the rest.
// Such a Node hands on to the pinned one, which `npm install` brings.
var fs = require('node:fs');
var path = require('node:path');
var tty = require('node:tty');
var main = require.resolve('./main.ts');

function isNewEnough() {
  var version = process.versions.node.split('.').map(Number);
  return version[0] > 22 || (version[0] === 22 && version[1] >= 18);
}

function handOn() {
  var name = process.platform === 'win32' ? 'node.exe' : 'node';
  var pinned = path.join(path.dirname(main), '../node_modules/node/bin', name);
  if (!fs.existsSync(pinned)) return require('../tools/requireNode.cjs');
  var child = require('node:child_process').spawn(pinned, [main].concat(process.argv.slice(2)), { stdio: 'inherit' });
  // A Ctrl-C in a terminal reaches the child by itself.
  process.on('SIGINT', function () {
    if (![0, 1, 2].some(tty.isatty)) child.kill('SIGINT');
  });
  process.on('SIGTERM', function () {
    child.kill('SIGTERM');
  });
  child.on('error', function (error) {
    console.error('The pinned Node does not start: ' + error.message);
    process.exitCode = 3;
  });
  child.on('exit', function (code) {
    process.exitCode = code === null ? 3 : code;
  });
}

if (isNewEnough()) {
  import(require('node:url').pathToFileURL(main).href);
} else {
  handOn();
}
