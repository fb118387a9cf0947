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

/** A script of its own: the page may not run what stands in it. */
const INITIALIZER = `SwaggerUIBundle(${JSON.stringify(OPTIONS)})\n`

/** The page itself. It refers to its parts by their whole paths: it has an address that ends in a slash, too. */
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

/** Reads one of the files that the page loads; undefined for another one. */
export async function readPart (file: string): Promise<{ type: string, body: string | Buffer } | undefined> {
  if (file === 'swagger-initializer.js') return { type: JS, body: INITIALIZER }
  const type = FILES.get(file)
  return type === undefined ? undefined : { type, body: await readFile(new URL(file, FOLDER)) }
}
