import { execFileSync } from 'node:child_process'
import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { rollup } from 'rollup'
import { dts } from 'rollup-plugin-dts'

/**
 * Builds the package: `node packaging/build.ts [FOLDER]`, by default into dist/. docs/decisions/0040-package.md
 * says why it is more than compiling.
 */

const ROOT = resolve(import.meta.dirname, '..')
const { resolve: find } = createRequire(import.meta.url)

/** Where better-sqlite3 is installed, and what of it is run: all but the sources of SQLite and what would compile them. */
const SQLITE = dirname(find('better-sqlite3/package.json'))
const SQLITE_PARTS = ['LICENSE', 'lib', 'package.json', 'prebuilds']

function compile (folder: string): void {
  const tsc = join(dirname(find('typescript/package.json')), 'bin', 'tsc')
  execFileSync(process.execPath, [tsc, '-p', join(ROOT, 'tsconfig.build.json'), '--outDir', folder,
    '--declarationDir', join(folder, '.declarations'), '--tsBuildInfoFile', join(folder, '.tsbuildinfo')], { stdio: 'inherit' })
}

/** Puts better-sqlite3 into the folder, and makes what was compiled import it from there. */
function addSqlite (folder: string): void {
  const copy = join(folder, 'better-sqlite3')
  for (const part of SQLITE_PARTS) cpSync(join(SQLITE, part), join(copy, part), { recursive: true })
  for (const name of globSync('**/*.js', { cwd: folder, exclude: (path) => path === 'better-sqlite3' })) {
    const file = join(folder, name)
    const text = readFileSync(file, 'utf8')
    const entry = relative(dirname(file), join(copy, 'lib', 'index.js')).replaceAll('\\', '/')
    const redirected = text.replaceAll(/(?<=\bfrom )'better-sqlite3'/g, `'${entry.startsWith('.') ? entry : `./${entry}`}'`)
    if (redirected !== text) writeFileSync(file, redirected)
  }
}

/** The declarations of the entry in one text that imports nothing: who installs the package has no TypeBox. */
async function bundleDeclarations (folder: string): Promise<string> {
  const licence = readFileSync(join(dirname(find('@sinclair/typebox')), '..', '..', 'license'), 'utf8')
  const bundle = await rollup({
    input: join(folder, '.declarations', 'index.d.ts'),
    plugins: [dts({ includeExternal: ['@sinclair/typebox'] })],
    onLog: (_level, { message }) => { throw new Error(message) }
  })
  const { output: [{ code }] } = await bundle.generate({
    banner: `/// <reference lib="esnext.disposable" />\n/* The types of schemas are those of TypeBox:\n\n${licence}\n*/`
  })
  await bundle.close()
  return code
}

/** Builds the package into a folder. */
export async function build (folder: string): Promise<void> {
  compile(folder)
  addSqlite(folder)
  cpSync(join(import.meta.dirname, 'index.cjs'), join(folder, 'index.cjs'))
  const declarations = await bundleDeclarations(folder)
  writeFileSync(join(folder, 'index.d.ts'), declarations)
  writeFileSync(join(folder, 'index.d.cts'), declarations)
}

if (import.meta.url === pathToFileURL(String(process.argv[1])).href) await build(resolve(process.argv[2] ?? join(ROOT, 'dist')))
