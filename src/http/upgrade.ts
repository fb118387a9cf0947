import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'

/** A request, as `server/upgrade.ts` passes one on. */
export interface UpgradableRequest extends IncomingMessage {
  /** True when the connection can go on in the protocol that the client asks for. False for HTTP/2, where no connection can. */
  readonly upgrade?: boolean
  /** Takes the connection once the answer 101 was written. Whoever sends that answer sets it before. */
  onSwitch?: (socket: Socket) => void
}

/** True when a request of HTTP/1 asks for the WebSocket protocol: RFC 6455, section 4.1. One with a body is a request as any other. */
export const asksForWebSocket = ({ method, headers }: Pick<IncomingMessage, 'method' | 'headers'>): boolean =>
  method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket' &&
  headers['transfer-encoding'] === undefined && Number(headers['content-length'] ?? 0) === 0
