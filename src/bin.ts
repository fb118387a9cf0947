#!/usr/bin/env node
// Nothing is loaded before this check: the database's binary crashes a Node without Node-API 10.
if (!(Number(process.versions.napi) >= 10)) {
  process.stderr.write(`xbl-achievements needs Node 22.14, 23.6 or later; this is ${process.versions.node}.\n`)
  process.exitCode = 1
} else {
  // The heap's young generation does not grow. That saves 100 to 200 MB, and costs 5 percent of the time of work that makes much garbage.
  process.getBuiltinModule('node:v8').setFlagsFromString('--semi-space-growth-factor=1')
  // Compiled once a machine: the second start is a fifth faster.
  process.getBuiltinModule('node:module').enableCompileCache()
  const { run } = await import('./cli/cli.ts')
  process.exitCode = await run(process)
}

export {}
