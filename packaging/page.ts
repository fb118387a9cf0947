import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'

/**
 * Bundles the page that a browser shows: `node packaging/page.ts [FOLDER]`, by default into dist/page/.
 * The names of the files hold the hash of what is in them, so that a browser may keep them for ever.
 */

const ROOT = resolve(import.meta.dirname, '..')

/** Bundles the page into a folder, which it empties first. */
export async function buildPage (folder: string): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const { metafile } = await build({
    entryPoints: { console: join(ROOT, 'src', 'console', 'page', 'main.tsx') },
    outdir: folder,
    entryNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    tsconfigRaw: {},
    metafile: true,
    legalComments: 'eof',
    logLevel: 'warning'
  })
  const files = Object.keys(metafile.outputs).map((file) => relative(folder, resolve(file)))
  const find = (ending: string): string => files.find((file) => file.startsWith('console-') && file.endsWith(ending)) as string
  writeFileSync(join(folder, 'index.html'), `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>xbl-achievements-emulator</title>
<link rel="stylesheet" href="/_emulator/console/${find('.css')}">
<script type="module" src="/_emulator/console/${find('.js')}"></script>
</head>
<body>
<div id="console"></div>
<noscript>The page needs JavaScript. The control API does not: see docs/control.md.</noscript>
</body>
</html>
`)
}

if (import.meta.url === pathToFileURL(String(process.argv[1])).href) await buildPage(resolve(process.argv[2] ?? join(ROOT, 'dist', 'page')))
