import type { FastifyInstance } from 'fastify'
import { isXmlText } from '../../base/escape-xml.ts'
import { formatValue } from '../../base/validation.ts'
import { PUBLIC_ROUTE } from '../../http/callers.ts'
import { GUID } from '../../http/ids.ts'
import { invalidRequest } from '../../model/refusals.ts'
import { drawPicture, LONGEST_INITIALS, type Picture } from '../../http/picture.ts'

const FILE = /^([^]+)\.svg$/i

/** A browser loads and runs nothing in it and shows it in no frame. A picture never changes, so that it may be cached forever. */
const HEADERS = {
  'content-type': 'image/svg+xml',
  'content-security-policy': "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cache-control': 'public, max-age=31536000, immutable'
}

/**
 * `GET /pictures/{guid}/{initials}.svg`: the icon of an achievement that has none in the world. Like the
 * pictures of the live service it needs no token, and a web page of any origin may show it.
 */
export function showPicture (app: FastifyInstance): void {
  app.get<{ Params: { guid: string, file: string } }>('/pictures/:guid/:file', { config: PUBLIC_ROUTE }, (request, reply) => {
    const picture = drawPicture(readPicture(request.params))
    reply.headers(HEADERS).send(picture)
  })
}

/** @throws 400 when the path does not name a picture. */
function readPicture ({ guid, file }: { guid: string, file: string }): Picture {
  if (!GUID.test(guid)) throw invalidRequest(`The picture is of ${formatValue(guid)}; expected a GUID.`)
  const [, initials] = FILE.exec(file) ?? []
  if (initials === undefined || initials.length > LONGEST_INITIALS || !isXmlText(initials)) {
    throw invalidRequest(`The picture is ${formatValue(file)}; expected one to ${LONGEST_INITIALS} characters of XML and .svg.`)
  }
  return { guid, initials }
}
