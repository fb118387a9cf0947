import type { FastifyInstance } from 'fastify'
import { pathOf } from '../http/target.ts'
import { notFound } from '../model/refusals.ts'
import { readPageFiles } from './page-files.ts'

/** The page may load and run nothing but its own files, and show the icons of a world, wherever they are. */
const CONSOLE_POLICY = [
  "default-src 'none'", "base-uri 'none'", "connect-src 'self'", "form-action 'none'", "frame-ancestors 'none'",
  "img-src 'self' http: https:", "script-src 'self'", "style-src 'self'"
].map((directive) => `${directive};`).join(' ')

/**
 * The page, `GET /_emulator/console`, and its files. They need no control key, as nothing of the world is in them:
 * the page asks for the key, and sends it with what it reads.
 */
export function consoleRoutes (app: FastifyInstance): void {
  const files = readPageFiles()
  app.get('/_emulator/console', async (_request, reply) =>
    reply.headers({ 'content-type': 'text/html; charset=utf-8', 'content-security-policy': CONSOLE_POLICY }).send(files.get('index.html')?.body))

  // The document leaves these out: they are parts of the page.
  app.get<{ Params: { file: string } }>('/_emulator/console/:file', async (request, reply) => {
    const file = files.get(request.params.file)
    if (file === undefined) throw notFound(`${pathOf(request)} is not a path of this service.`)
    return reply.headers({ 'content-type': file.type, 'content-security-policy': CONSOLE_POLICY }).send(file.body)
  })
}
