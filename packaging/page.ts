import { existsSync, globSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { build, type Metafile } from 'esbuild'

/**
 * Bundles the page that a browser shows: `node packaging/page.ts [FOLDER]`, by default into dist/page/.
 * The names of the files hold the hash of what is in them, so that a browser may keep them for ever. Beside each is what a
 * server sends of it to a browser that takes brotli or gzip. (docs/decisions/0059-console.md)
 */

const ROOT = resolve(import.meta.dirname, '..')

/**
 * Bundles the page into a folder. What is there already stays untouched, and what is not of this page goes last: an emulator may be
 * serving it, and another process may be doing the same.
 */
export async function buildPage (folder: string): Promise<void> {
  const page = join(ROOT, 'src', 'console', 'page')
  const { metafile, outputFiles } = await build({
    entryPoints: { console: join(page, 'main.tsx'), docs: join(page, 'docs.ts'), icon: join(page, 'icon.svg') },
    outdir: folder,
    // The hashes are those of the paths, too: the same ones wherever it is run.
    absWorkingDir: ROOT,
    entryNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    loader: { '.svg': 'copy' },
    jsx: 'automatic',
    jsxImportSource: 'preact',
    tsconfigRaw: {},
    metafile: true,
    write: false,
    banner: { js: '/* Licences of the parts: licences.txt */' },
    legalComments: 'none',
    logLevel: 'warning'
  })
  const bundled = outputFiles.map(({ path, contents }) => [basename(path), Buffer.from(contents)] as const)
  const find = (pattern: RegExp): string => `/_emulator/console/${bundled.find(([name]) => pattern.test(name))?.[0]}`
  const texts = [['licences.txt', licencesOf(metafile)], ['index.html', indexOf(find)], ['docs.html', docsOf(find)]] as const
  const files = [...bundled, ...texts.map(([name, text]) => [name, Buffer.from(text)] as const)]
  replaceFiles(folder, (await Promise.all(files.map(compress))).flat())
}

type NamedFile = readonly [name: string, content: Buffer]

/** Gives a folder these files and no others; each is whole at any time. */
function replaceFiles (folder: string, files: readonly NamedFile[]): void {
  mkdirSync(folder, { recursive: true })
  // Beside it, as a file can be renamed within one disk only.
  const aside = mkdtempSync(join(dirname(folder), '.page-'))
  try {
    for (const [name, content] of files) {
      const file = join(folder, name)
      if (existsSync(file) && readFileSync(file).equals(content)) continue
      writeFileSync(join(aside, name), content)
      renameSync(join(aside, name), file)
    }
  } finally {
    rmSync(aside, { recursive: true })
  }
  const names = new Set(files.map(([name]) => name))
  for (const name of readdirSync(folder)) if (!names.has(name)) rmSync(join(folder, name), { recursive: true, force: true })
}

/** The document that loads the files. What it shows itself is there before they are. */
function indexOf (find: (pattern: RegExp) => string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>xbl-achievements-emulator</title>
<link rel="icon" type="image/svg+xml" href="${find(/^icon-.*svg$/)}">
<link rel="stylesheet" href="${find(/^console-.*css$/)}">
<script type="module" src="${find(/^console-.*js$/)}"></script>
</head>
<body>
<div id="console"><header class="top"><span class="brand">xbl-achievements</span></header></div>
<noscript>The page needs JavaScript. The control API does not: see docs/control.md.</noscript>
</body>
</html>
`
}

/** The page of the API: Swagger UI, and what starts it. Its links are absolute because it is served with and without a slash at the end of its path. */
const docsOf = (find: (pattern: RegExp) => string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>API · xbl-achievements-emulator</title>
<link rel="icon" type="image/svg+xml" href="${find(/^icon-.*svg$/)}">
<link rel="stylesheet" href="/_emulator/docs/static/swagger-ui.css">
<link rel="stylesheet" href="/_emulator/docs/static/index.css">
<link rel="stylesheet" href="${find(/^docs-.*css$/)}">
</head>
<body>
<header class="docs-top">
<a href="/" title="Back to the page">xbl-achievements</a>
<span>API</span>
<a href="/_emulator/openapi.json">openapi.json</a>
<p role="status" id="docs-status"></p>
</header>
<main id="swagger-ui"><noscript>The page needs JavaScript. The API does not: see docs/control.md.</noscript></main>
<script src="/_emulator/docs/static/swagger-ui-bundle.js"></script>
<script type="module" src="${find(/^docs-.*js$/)}"></script>
</body>
</html>
`

/** The licences of the packages that are in the bundle, each with its text. */
function licencesOf ({ inputs }: Metafile): string {
  const names = new Set(Object.keys(inputs).flatMap((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? []))
  return Array.from(names).sort().map((name) => {
    const folder = join(ROOT, 'node_modules', name)
    const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const [file] = globSync('{LICENSE,LICENCE,license,licence}*', { cwd: folder })
    if (file === undefined) throw new Error(`${folder} has no licence, and is a part of the page.`)
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), 'utf8').trim()}\n`
  }).join(`\n${'-'.repeat(72)}\n\n`)
}

/** A file, and as small as it gets: it is read often and made once. The file itself is the last, as it is what is asked for. */
async function compress ([name, body]: NamedFile): Promise<NamedFile[]> {
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: body.length, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT } }),
    promisify(gzip)(body, { level: 9 })
  ])
  return [[`${name}.br`, br], [`${name}.gz`, gz], [name, body]]
}

if (import.meta.url === pathToFileURL(String(process.argv[1])).href) await buildPage(resolve(process.argv[2] ?? join(ROOT, 'dist', 'page')))
