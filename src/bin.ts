#!/usr/bin/env node
// Nothing is loaded before the version is known: the database's binary crashes older ones.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(`xbl-achievements needs Node 22.13 or later; this is ${process.versions.node}.\n`)
  process.exitCode = 1
} else {
  // Compiled once a machine; the second start is a fifth faster.
  process.getBuiltinModule('node:module').enableCompileCache()
  const { run } = await import('./cli.ts')
  process.exitCode = await run(process.argv.slice(2))
}

export {}
