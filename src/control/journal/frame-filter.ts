import { Type, type Static } from '@sinclair/typebox'
import { readPositive32, readUnsigned32, readUnsigned64 } from '../../base/integers.ts'
import { createStarMatcher } from '../../base/star-pattern.ts'
import { requireValid } from '../../http/body.ts'
import { Query, wordParser } from '../../http/query.ts'
import { redactFrame } from '../../http/redact.ts'
import { PATTERNS } from '../../world/schema.ts'
import { FRAME_DIRECTIONS, FRAME_TYPES, frameTypeOf, type RecordedFrame } from './frame.ts'

const expecting = (errorMessage: string, description: string) => ({ errorMessage, description })

const FrameFilterSchema = Type.Object({
  connection: Type.Optional(Type.Integer({ minimum: 1, ...expecting('the number of a connection', 'Those of this connection.') })),
  xuid: Type.Optional(Type.String({ pattern: PATTERNS.xuid, ...expecting('a XUID in quotes', 'Those of connections of this user.') })),
  direction: Type.Optional(Type.Union(FRAME_DIRECTIONS.map((each) => Type.Literal(each)), expecting(`one of ${FRAME_DIRECTIONS.join(', ')}`, '`in`: from the client.'))),
  type: Type.Optional(Type.Union(FRAME_TYPES.map((each) => Type.Literal(each)), expecting(`one of ${FRAME_TYPES.join(', ')}`, '`close`: the end of a connection.'))),
  text: Type.Optional(Type.String(expecting('a text', 'The whole text; `*` stands for any characters.'))),
  after: Type.Optional(Type.Integer({ minimum: 0, ...expecting('the id of a frame', 'Frames with a greater id.') })),
  last: Type.Optional(Type.Integer({ minimum: 1, ...expecting('an integer from 1', 'So many at most: the last ones.') }))
}, { additionalProperties: false, errorMessage: 'an object' })

type FrameMembers = Static<typeof FrameFilterSchema>

/** Which frames to return: those that match all members that are given. */
export type FrameFilter = { readonly [Name in keyof FrameMembers]?: FrameMembers[Name] | undefined }

/** What each member means, by name. */
export const FRAME_FILTERS = FrameFilterSchema.properties

/** How each member is read from a query. */
const READERS: { readonly [Name in keyof FrameFilter]-?: (text: string) => FrameFilter[Name] } = {
  connection: readPositive32,
  xuid: readUnsigned64,
  direction: wordParser(FRAME_DIRECTIONS),
  type: wordParser(FRAME_TYPES),
  text: String,
  after: readUnsigned32,
  last: readPositive32
}

/** @throws 400 for a parameter that is none, is repeated, or does not take its value. */
export function readFrameFilter (parameters: URLSearchParams): FrameFilter {
  const query = new Query(parameters)
  const names = Object.keys(READERS) as Array<keyof FrameFilter>
  query.requireKnown(names)
  return Object.fromEntries(names.map((name) => [name, query.one<unknown>(name, FRAME_FILTERS[name].errorMessage, READERS[name])]))
}

/** @throws 400 when a filter that a program gives is none. */
export function requireFrameFilter (filter: FrameFilter): void {
  requireValid(FrameFilterSchema, filter, 'The filter')
}

/** Tells whether a frame matches a filter. `after` and `last` say which are looked at, and how many are wanted. */
export function frameMatcher ({ connection, xuid, direction, type, text }: FrameFilter): (frame: RecordedFrame) => boolean {
  const user = xuid === undefined ? undefined : readUnsigned64(xuid)
  const isText = createStarMatcher(text ?? '*')
  return (frame) =>
    (connection === undefined || frame.connection === connection) &&
    (user === undefined || frame.origin?.session?.xuid === user) &&
    (direction === undefined || frame.direction === direction) &&
    (type === undefined || frameTypeOf(frame) === type) &&
    (text === undefined || isText(redactFrame(frame.text)))
}
