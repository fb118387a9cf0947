import { execFileSync } from 'node:child_process'
import { cpSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { rollup } from 'rollup'
import { dts } from 'rollup-plugin-dts'
import * as entry from '../src/index.ts'
import { buildPage } from './page.ts'

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
    '--tsBuildInfoFile', join(folder, '.tsbuildinfo')], { stdio: 'inherit' })
}

/** Puts better-sqlite3 into the folder, and makes what was compiled import it from there. */
export function addSqlite (folder: string): void {
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

/**
 * The declarations of the entry in one text that imports nothing: who installs the package has no TypeBox. A type
 * that shares its name with a schema is exported as a type alone; for rollup-plugin-dts it would be a value, too.
 */
export async function bundleDeclarations (): Promise<string> {
  const licence = readFileSync(join(dirname(find('@sinclair/typebox')), '..', '..', 'license'), 'utf8')
  const bundle = await rollup({
    input: join(ROOT, 'src', 'index.ts'),
    plugins: [dts({ tsconfig: join(ROOT, 'tsconfig.build.json'), includeExternal: ['@sinclair/typebox'] })],
    // It tells of circles and of what is imported on the way; only what is left matters.
    onLog: () => {}
  })
  const { output: [{ code, imports }] } = await bundle.generate({
    banner: `/* The types of schemas are those of TypeBox:\n\n${licence}\n*/`
  })
  await bundle.close()
  if (imports.length > 0) throw new Error(`The types of src/index.ts need those of ${imports.join(', ')}, which a user does not have.`)
  return code.replace(/^export \{ (.*) \};$/m, (_line, names: string) => names.split(', ').map((name) => `export ${name in entry ? '' : 'type '}{ ${name} };`).join('\n'))
}

/** Builds the package into a folder. */
async function build (folder: string): Promise<void> {
  compile(folder)
  addSqlite(folder)
  await buildPage(join(folder, 'page'))
  cpSync(join(import.meta.dirname, 'index.cjs'), join(folder, 'index.cjs'))
  const declarations = await bundleDeclarations()
  writeFileSync(join(folder, 'index.d.ts'), declarations)
  writeFileSync(join(folder, 'index.d.cts'), declarations)
}

if (import.meta.url === pathToFileURL(String(process.argv[1])).href) await build(resolve(process.argv[2] ?? join(ROOT, 'dist')))
