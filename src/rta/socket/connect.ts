import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { formatValue } from '../../base/validation.ts'
import { readHeader } from '../../http/headers.ts'
import { sendJson } from '../../http/send.ts'
import { queryOf } from '../../http/target.ts'
import { WEB_SOCKET_PATH, type UpgradableRequest } from '../../http/upgrade.ts'
import { emptyInvalidRequest, invalidRequest, unauthorized, upgradeRequired, type XblError } from '../../model/refusals.ts'
import type { Nonces } from './nonces.ts'
import type { Sockets } from './sockets.ts'
import { acceptanceOf, isWebSocketKey, WEB_SOCKET_VERSION } from './web-socket.ts'

/** What is spoken on connections. A client that does not ask for it is connected, too, and refused every subscription. [levelup-rta] */
const SUBPROTOCOL = 'rta.xboxlive.com.V2'

/** A nonce that is not percent-encoded: each has at least the one character of its padding. */
const NOT_ENCODED = /[+/=]/

/** `GET /nonce` and `GET /connect`. */
export function connectRoutes (app: FastifyInstance, { sockets, nonces }: { sockets: Sockets, nonces: Nonces }): void {
  app.get('/nonce', { config: { hasSecretBody: true } }, async ({ headers, session: { xuid }, now }, reply) =>
    sendJson(reply, { nonce: nonces.create({ authorization: headers.authorization as string, xuid }, now) }))

  app.get(WEB_SOCKET_PATH, (request, reply) => {
    const key = requireHandshake(request)
    const { session: caller, headers } = request
    sockets.requireRoom(caller)
    const opening = { caller, authorization: headers.authorization as string, hasProtocol: asksForProtocol(headers) }
    const raw: UpgradableRequest = request.raw
    raw.onSwitch = (socket) => { request.realTimeConnection = sockets.open(socket, opening) }
    return reply.code(101).headers({
      upgrade: 'websocket',
      connection: 'Upgrade',
      'sec-websocket-accept': acceptanceOf(key),
      ...opening.hasProtocol && { 'sec-websocket-protocol': SUBPROTOCOL }
    }).send()
  })
}

/**
 * Puts the Authorization header for which a nonce stands in the place of the nonce.
 *
 * @throws 400 without a body when the nonce is not percent-encoded, or there is a header, too [levelup-rta]; 400 for
 *   more than one nonce; 401 for one that is unknown, used or too old.
 */
export function redeemNonce (request: FastifyRequest, nonces: Nonces): void {
  const given = (queryOf(request) ?? '').split('&').filter((parameter) => /^nonce(=|$)/i.test(parameter)).map((parameter) => parameter.slice('nonce='.length))
  const [raw] = given
  if (raw === undefined) return
  if (given.length > 1) throw invalidRequest(`nonce was given ${given.length} times; expected once.`)
  if (NOT_ENCODED.test(raw)) throw emptyInvalidRequest('The nonce is not percent-encoded.')
  if (request.headers.authorization !== undefined) throw emptyInvalidRequest('There is a nonce and an Authorization header; expected one of them.')
  const authorization = nonces.take(new URLSearchParams(`nonce=${raw}`).get('nonce') as string, request.now)
  if (authorization === undefined) throw unauthorized('The nonce is unknown, was used, or is older than five minutes; expected one of GET /nonce.')
  request.headers.authorization = authorization
}

/**
 * @returns the key of the client.
 * @throws 426 for what asks for no WebSocket, or for one of another version; 400 for a key that is none.
 */
function requireHandshake (request: FastifyRequest): string {
  const raw: UpgradableRequest = request.raw
  if (raw.httpVersionMajor === 2) throw upgradeRequired('The request came over HTTP/2; expected HTTP/1.1, of which alone a connection becomes a WebSocket.', {})
  if (raw.upgrade !== true) throw notForWebSocket('The request asks for no WebSocket; expected the headers "Connection: Upgrade" and "Upgrade: websocket".')
  const version = readHeader(request, 'sec-websocket-version')
  if (version !== WEB_SOCKET_VERSION) throw notForWebSocket(`The header Sec-WebSocket-Version is ${formatValue(version)}; expected ${WEB_SOCKET_VERSION}.`)
  const key = readHeader(request, 'sec-websocket-key') ?? ''
  if (!isWebSocketKey(key)) throw invalidRequest('The header Sec-WebSocket-Key is no base64 of 16 bytes.')
  return key
}

const notForWebSocket = (message: string): XblError =>
  upgradeRequired(message, { connection: 'close, Upgrade', upgrade: 'websocket', 'sec-websocket-version': WEB_SOCKET_VERSION })

const asksForProtocol = ({ 'sec-websocket-protocol': list = '' }: IncomingHttpHeaders): boolean =>
  list.split(',').some((each) => each.trim() === SUBPROTOCOL)
