'use strict'
// The entry for require(), and for jest, which has a loader of its own: that loads ES modules under the newest
// Node.js alone, loads all of them again for each test file, and lets fake timers stop what it has loaded. So
// the emulator is loaded by Node.js itself, in the main context, as `import` would load it everywhere else.
if (!(Number(process.versions.napi) >= 10)) {
  throw new Error(`xbl-achievements-emulator needs Node 22.14, 23.6 or later; this is ${process.versions.node}`)
}
const { runInThisContext } = require('node:vm')
const { createRequire } = runInThisContext('process').getBuiltinModule('node:module')
// A copy: the members of a module itself cannot be replaced by a test's spy.
module.exports = { ...createRequire(__filename)('./index.js') }
