import { readFile } from 'node:fs/promises'

const CSS = 'text/css; charset=utf-8'
const JS = 'application/javascript; charset=utf-8'

/**
 * The scripts and styles of Swagger UI. They are taken from @fastify/swagger-ui, of which nothing
 * else is used: swagger-ui-dist, Swagger UI's own package, reports each installation to a third party.
 * What starts it is page/docs.ts, and the document that loads both is made by packaging/page.ts.
 */
const FOLDER = new URL('static/', import.meta.resolve('@fastify/swagger-ui/package.json'))
const FILES: ReadonlyMap<string, string> = new Map([
  ['swagger-ui.css', CSS], ['index.css', CSS], ['swagger-ui-bundle.js', JS]
])

/** Reads a file of Swagger UI that the page loads; undefined if it loads no file of that name. */
export async function readSwaggerFile (file: string): Promise<{ type: string, body: Buffer } | undefined> {
  const type = FILES.get(file)
  return type === undefined ? undefined : { type, body: await readFile(new URL(file, FOLDER)) }
}
