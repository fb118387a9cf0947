import { Type, type Static } from '@sinclair/typebox'
import { literals, object, string } from '../http/answer-schema.ts'

/** HAR 1.2, as far as the journal is written so: http://www.softwareishard.com/blog/har-12-spec/ */

const pairs = (description: string) => Type.Array(object({ name: Type.String(), value: Type.String() }), { description })
const cookies = Type.Array(Type.Never(), { maxItems: 0, description: 'Cookies are secret.' })
const unknownSize = Type.Literal(-1, { description: 'Not known.' })
const milliseconds = (description: string) => Type.Number({ minimum: 0, description })

const HarRequest = object({
  method: string('The HTTP method.'),
  url: string('The absolute address.'),
  httpVersion: string('HTTP/1.1, say.'),
  cookies,
  headers: pairs('Without what is secret.'),
  queryString: pairs('The parameters of the query.'),
  postData: Type.Optional(object({ mimeType: string('As it was sent.'), text: string('The body.') }, { description: 'Left out when the journal has no body.' })),
  headersSize: unknownSize,
  bodySize: Type.Integer({ minimum: -1, description: 'As Content-Length has it; -1: not known.' })
}, { title: 'HarRequest' })

const HarResponse = object({
  status: Type.Integer({ minimum: 0, description: '0: the connection ended before an answer began.' }),
  statusText: string('What the status is called.'),
  httpVersion: string('That of the request.'),
  cookies,
  headers: pairs('None unless answers are kept.'),
  content: object({
    size: Type.Integer({ minimum: 0, description: 'How many bytes were written, as far as that is known.' }),
    mimeType: string('x-unknown unless answers are kept.'),
    text: Type.Optional(string('The body, if it is kept.'))
  }),
  redirectURL: string('Location.'),
  headersSize: unknownSize,
  bodySize: Type.Integer({ minimum: -1, description: 'How many bytes were written; -1: not known.' })
}, { title: 'HarResponse' })

const HarMessage = object({
  type: literals(['send', 'receive'], 'send: from the client.'),
  time: Type.Number({ description: 'In s since 1970, on the emulator\'s clock.' }),
  opcode: Type.Union([Type.Literal(1), Type.Literal(2)], { description: '1: text. 2: binary.' }),
  data: string('The text, or the beginning of one that is long; of a binary frame, nothing.')
}, { title: 'HarMessage' })

const HarEntry = object({
  _id: Type.Integer({ description: 'The id of the entry of the journal.' }),
  startedDateTime: Type.String({ pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\\.[0-9]{3}Z$', description: 'When it came, on the emulator\'s clock, UTC.' }),
  time: milliseconds('How long the answer took, in ms.'),
  request: HarRequest,
  response: HarResponse,
  cache: object({}),
  timings: object({ send: milliseconds('0.'), wait: milliseconds('All of it.'), receive: milliseconds('0.') }),
  _resourceType: Type.Optional(Type.Literal('websocket', { description: 'Of a request that has become a WebSocket alone, as Chromium writes it.' })),
  _webSocketMessages: Type.Optional(Type.Array(HarMessage, { description: 'What was said on the WebSocket, as far as the journal keeps it, as Chromium writes it.' })),
  comment: string('Why it was refused, and which fault happened to it; empty for most.')
}, { title: 'HarEntry' })

export const HarSchema = object({
  log: object({
    version: Type.Literal('1.2'),
    creator: object({ name: string('The emulator.'), version: string('Its version.') }),
    entries: Type.Array(HarEntry, { description: 'Oldest first.' })
  })
}, { title: 'Har', description: 'The journal as browsers write what they have sent, HAR 1.2.' })

export type Har = Static<typeof HarSchema>
export type HarEntry = Static<typeof HarEntry>
export type HarMessage = Static<typeof HarMessage>
