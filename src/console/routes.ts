import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import Negotiator from 'negotiator'
import { readHeader } from '../http/headers.ts'
import { pathOf } from '../http/target.ts'
import { notFound } from '../model/refusals.ts'
import { DOCS, INDEX, PAGE_ENCODINGS, PAGE_FOLDER, readPageFile, type PageEncoding, type PageFile } from './page-files.ts'

/**
 * The page may load and run nothing but its own files, and show the icons of a world, wherever they are. It makes no markup
 * of texts, and with trusted types a browser would not let it.
 */
const CONSOLE_POLICY = [
  "default-src 'none'", "base-uri 'none'", "connect-src 'self'", "form-action 'none'", "frame-ancestors 'none'",
  "img-src 'self' http: https:", "script-src 'self'", "style-src 'self'", "require-trusted-types-for 'script'", "trusted-types 'none'"
].map((directive) => `${directive};`).join(' ')

/**
 * The page of the API may do less with pictures and more with the network: a redirect of a sign-in leads to an application on this
 * machine, which may let the page read its answer. Swagger UI makes markup, so it has no trusted types.
 */
const DOCS_POLICY = [
  "default-src 'none'", "base-uri 'none'", "connect-src 'self' http://localhost:* http://127.0.0.1:*", "form-action 'none'", "frame-ancestors 'none'",
  "img-src 'self' data:", "script-src 'self'", "style-src 'self'"
].map((directive) => `${directive};`).join(' ')

/** The headers of every file of the pages. */
const CONSOLE_HEADERS = {
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()',
  'referrer-policy': 'no-referrer'
}

const NOT_BUILT = 'The page is not built; npm run build:page builds it.'

/**
 * The page, `GET /_emulator/console`, that of the API, `GET /_emulator/docs`, and its files. They need no control key, as nothing of the world is in them:
 * the page asks for the key, and sends it with what it reads.
 *
 * @param folder with what packaging/page.ts has made; it is read when somebody asks.
 */
export function consoleRoutes (app: FastifyInstance, folder = PAGE_FOLDER): void {
  app.get('/_emulator/console', async (request, reply) => {
    const file = await readPageFile(folder, INDEX, chooseEncoding(request))
    if (file === undefined) throw notFound(NOT_BUILT)
    // A client of the API that asks for / is told that there is nothing.
    return sendFile(request, reply, { file, vary: 'Accept, Accept-Encoding' })
  })

  app.get('/_emulator/docs', async (request, reply) => {
    const file = await readPageFile(folder, DOCS, chooseEncoding(request))
    if (file === undefined) throw notFound(NOT_BUILT)
    return sendFile(request, reply, { file, vary: 'Accept-Encoding', policy: DOCS_POLICY })
  })

  // Swagger UI itself, which the bundle has not: it is as large as ten of them.
  app.get<{ Params: { file: string } }>('/_emulator/docs/static/:file', async (request, reply) => {
    const { readSwaggerFile } = await import('./swagger-ui.ts')
    const found = await readSwaggerFile(request.params.file)
    if (found === undefined) throw notFound(`${pathOf(request)} is not a path of this service.`)
    return reply.headers({ 'content-type': found.type, 'content-security-policy': DOCS_POLICY }).send(found.body)
  })

  // The document leaves these out: they are parts of the page.
  app.get<{ Params: { file: string } }>('/_emulator/console/:file', async (request, reply) => {
    const { params: { file: name } } = request
    const file = name === INDEX || name === DOCS ? undefined : await readPageFile(folder, name, chooseEncoding(request))
    if (file === undefined) throw notFound(`${pathOf(request)} is not a path of this service.`)
    return sendFile(request, reply, { file, vary: 'Accept-Encoding' })
  })
}

/** The best of the compressions that a client takes; one that takes none of them is sent the file as it is. */
function chooseEncoding ({ headers: { 'accept-encoding': accepted } }: FastifyRequest): PageEncoding {
  if (accepted === undefined) return 'identity'
  // The types are those of a version that had no preferences.
  const negotiator = new Negotiator({ headers: { 'accept-encoding': accepted } }) as unknown as { encoding: (available: readonly PageEncoding[], options: { preferred: readonly PageEncoding[] }) => PageEncoding | undefined }
  return negotiator.encoding(PAGE_ENCODINGS, { preferred: PAGE_ENCODINGS }) ?? 'identity'
}

function sendFile (request: FastifyRequest, reply: FastifyReply, { file: { type, body, etag, isImmutable }, vary, policy = CONSOLE_POLICY }: { file: PageFile, vary: string, policy?: string }): FastifyReply {
  const encoding = chooseEncoding(request)
  reply.headers({
    ...CONSOLE_HEADERS,
    'content-security-policy': policy,
    'cache-control': isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache',
    etag,
    vary,
    ...encoding !== 'identity' && { 'content-encoding': encoding }
  })
  if (isSame(readHeader(request, 'if-none-match'), etag)) return reply.code(304).removeHeader('content-encoding').send()
  return reply.type(type).send(body)
}

/** Whether a client has this already. Fetching compares weakly (RFC 9110, section 13.1.2). */
const isSame = (tags: string | undefined, etag: string): boolean =>
  tags !== undefined && (tags.trim() === '*' || tags.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag))
