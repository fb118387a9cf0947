import { readFile } from 'node:fs/promises'

const CSS = 'text/css; charset=utf-8'
const JS = 'application/javascript; charset=utf-8'
const PNG = 'image/png'

/**
 * The scripts, styles and icons of Swagger UI. They are taken from @fastify/swagger-ui, of which nothing
 * else is used: swagger-ui-dist, Swagger UI's own package, reports each installation to a third party.
 */
const FOLDER = new URL('static/', import.meta.resolve('@fastify/swagger-ui/package.json'))
const FILES: ReadonlyMap<string, string> = new Map([
  ['swagger-ui.css', CSS], ['index.css', CSS], ['swagger-ui-bundle.js', JS], ['favicon-32x32.png', PNG], ['favicon-16x16.png', PNG]
])

const OPTIONS = {
  url: '/_emulator/openapi.json',
  dom_id: '#swagger-ui',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  // By default a document is sent to a validator at swagger.io.
  validatorUrl: null
}

/** A file of its own, because the content security policy forbids scripts inside the page. */
const INITIALIZER = `SwaggerUIBundle(${JSON.stringify(OPTIONS)})\n`

/** The page. Its links are absolute because it is served with and without a slash at the end of its path. */
export const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>xbl-achievements-emulator</title>
<link rel="stylesheet" href="/_emulator/docs/static/swagger-ui.css">
<link rel="stylesheet" href="/_emulator/docs/static/index.css">
<link rel="icon" type="image/png" href="/_emulator/docs/static/favicon-32x32.png" sizes="32x32">
<link rel="icon" type="image/png" href="/_emulator/docs/static/favicon-16x16.png" sizes="16x16">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/_emulator/docs/static/swagger-ui-bundle.js"></script>
<script src="/_emulator/docs/static/swagger-initializer.js"></script>
</body>
</html>
`

/** Reads a file that the page loads; undefined if it loads no file of that name. */
export async function readPageFile (file: string): Promise<{ type: string, body: string | Buffer } | undefined> {
  if (file === 'swagger-initializer.js') return { type: JS, body: INITIALIZER }
  const type = FILES.get(file)
  return type === undefined ? undefined : { type, body: await readFile(new URL(file, FOLDER)) }
}
