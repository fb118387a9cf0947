import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import { pathOf, readTarget } from './target.ts'

/** The one path at which a connection becomes a WebSocket. */
export const WEB_SOCKET_PATH = '/connect'

/** A request, as `server/upgrade.ts` passes one on. */
export interface UpgradableRequest extends IncomingMessage {
  /** True when the connection can go on in the protocol that the client asks for. Undefined for HTTP/2, where no connection can. */
  readonly upgrade?: boolean
  /** Takes the connection once the answer 101 was written. Whoever sends that answer sets it before. */
  onSwitch?: (socket: Socket) => void
}

/** True when a request asks for a WebSocket where there is one: RFC 6455, section 4.1. One with a body is a request as any other. */
export const asksForWebSocket = (request: Pick<IncomingMessage, 'method' | 'headers' | 'httpVersion' | 'url'>): boolean =>
  request.method === 'GET' && request.httpVersion === '1.1' && request.headers.upgrade?.toLowerCase() === 'websocket' &&
  request.headers['transfer-encoding'] === undefined && Number(request.headers['content-length'] ?? 0) === 0 &&
  pathOf({ url: readTarget(request) }).replace(/\/$/, '').toLowerCase() === WEB_SOCKET_PATH
