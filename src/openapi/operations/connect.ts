import { object, string } from '../../http/answer-schema.ts'
import type { Dialect } from '../../model/dialect.ts'
import { AS_GAMER, refusalByStatus } from '../examples.ts'
import type { Answer, OperationsByRoute } from '../operation.ts'
import { neighbourRefusals, openRefusals } from '../refusals.ts'

const NONCE = 'l7nYwAJAXm2pXUBYk8JAChKXq3sVIaIB0S9KpX8fHsE='

/** The operations of rta.xboxlive.com. */
export const CONNECT_OPERATIONS: OperationsByRoute = {
  'GET /nonce': (dialect) => ({
    id: 'createNonce',
    summary: 'Gives a nonce to connect with',
    description: 'rta.xboxlive.com. It stands for the Authorization header of a client that cannot send one with a WebSocket, as a browser.',
    answers: { 200: { description: 'A nonce for one connection, which begins within five minutes.', body: object({ nonce: string('44 characters of base64: percent-encode them in a query.') }) }, ...rtaRefusals(dialect) },
    exchanges: { nonce: { summary: 'With a token', authorization: AS_GAMER, status: 200, answer: { nonce: NONCE } } }
  }),

  'GET /connect': (dialect) => ({
    id: 'connect',
    summary: 'Opens a WebSocket on which changes are told as they happen',
    description: 'rta.xboxlive.com. A handshake of RFC 6455, with the subprotocol rta.xboxlive.com.V2; docs/realtime.md has what is spoken then. It needs the Authorization header or a nonce, and not both.',
    query: { nonce: string('One of GET /nonce, percent-encoded.') },
    answers: {
      101: {
        description: 'From here on the connection is a WebSocket. A client that has not asked for the subprotocol is connected without it, and refused every subscription.',
        headers: { Upgrade: '`websocket`.', 'Sec-WebSocket-Accept': 'As RFC 6455 says.', 'Sec-WebSocket-Protocol': 'The subprotocol, when the client has asked for it.' }
      },
      ...rtaRefusals(dialect),
      400: { ...openRefusals(dialect, 400)[400] as Answer, description: 'The header Sec-WebSocket-Key is none, or there is more than one nonce. Without a body: the nonce is not percent-encoded, or comes with an Authorization header.' },
      426: { ...openRefusals(dialect, 426)[426] as Answer, headers: { Upgrade: '`websocket`; not over HTTP/2.', 'Sec-WebSocket-Version': '`13`; not over HTTP/2.' } },
      503: { ...openRefusals(dialect)[503] as Answer, description: '10,000 connections are open, or 1,000 of this user; or the emulator stops.' }
    },
    exchanges: {
      plain: {
        summary: 'Without a request for a WebSocket, as this page sends it',
        authorization: AS_GAMER,
        status: 426,
        answer: refusalByStatus(dialect, 426, 'The request asks for no WebSocket; expected the headers "Connection: Upgrade" and "Upgrade: websocket".')
      }
    }
  })
}

/** The refusals of rta.xboxlive.com: what it answers is of no other user. */
const rtaRefusals = (dialect: Dialect): Record<number, Answer> => ({ ...neighbourRefusals(dialect), ...openRefusals(dialect, 403) })
