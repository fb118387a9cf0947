import { Type, type TProperties } from '@sinclair/typebox'
import { boolean, count, guid, instant, literals, nullable, object, string, titleId } from '../../http/answer-schema.ts'
import { PATTERNS } from '../../world/schema.ts'
import { ClockStateSchema, FrameEntrySchema, JournalEntrySchema } from '../answer-schemas.ts'
import { RateLimitsSchema } from '../rate-limit-schemas.ts'
import type { EventKind } from './filter.ts'

const changedUser = Type.String({ pattern: PATTERNS.xuid, description: 'The user.' })
const claimedXuid = nullable(Type.String({ pattern: PATTERNS.xuid }), 'The user claim; null for none.')
const what = <const T extends string>(values: readonly T[]) => literals(values, 'What has happened.')

const event = (kind: EventKind | 'missed', title: string, description: string, members: TProperties = {}) => object({
  time: instant('When it happened, on the emulator\'s clock, UTC.'),
  kind: Type.Literal(kind),
  ...members
}, { title, description })

const ToldProgressSchema = object({
  percentComplete: Type.Integer({ minimum: 0, maximum: 100, description: 'How far the user is, in percent.' }),
  timeUnlocked: nullable(instant(''), 'When it was unlocked, UTC; null: it is locked.'),
  isRevoked: boolean('True when enforcement took it away.'),
  requirements: Type.Array(object({ id: string('The requirement.'), current: string('How far the user is, as text.') }), { description: 'Every requirement that is begun.' })
}, { title: 'ToldProgress', description: 'How far a user is with an achievement.' })

/** The data of each kind of event. */
export const EVENT_SCHEMAS = {
  progress: event('progress', 'ProgressEvent', 'The progress of a user has changed, on one achievement or several of one service configuration at once.', {
    xuid: changedUser,
    sandbox: string('The sandbox.'),
    serviceConfigId: guid('The service configuration (SCID), in lower case.'),
    achievements: Type.Array(object({
      id: count('The achievement.'), before: ToldProgressSchema, after: ToldProgressSchema
    }, { title: 'AchievementChange' }), { minItems: 1, description: 'Those that have changed.' })
  }),
  user: event('user', 'UserEvent', 'Something else of a user has changed.', {
    xuid: changedUser, what: what(['created', 'settings', 'privacy', 'friends', 'presence', 'plays', 'deleted'])
  }),
  session: event('session', 'SessionEvent', 'A token was made or ended.', { what: what(['created', 'deleted']), xuid: claimedXuid, titleId: nullable(titleId, 'The title claim; null for none.') }),
  world: event('world', 'WorldEvent', 'Anything in the world may have changed.', { what: what(['replaced', 'merged', 'reset']) }),
  clock: event('clock', 'ClockEvent', 'The clock was set.', ClockStateSchema.properties),
  fault: event('fault', 'FaultEvent', 'A fault was set up, changed or deleted.', { what: what(['added', 'changed', 'deleted']), id: count('The fault.') }),
  rtaFault: event('rtaFault', 'RtaFaultEvent', 'A fault of real-time activity was set up, changed or deleted.', { what: what(['added', 'changed', 'deleted']), id: count('The fault, among those of real-time activity.') }),
  rateLimit: event('rateLimit', 'RateLimitEvent', 'The rate limits were changed, switched on or off.', { limits: RateLimitsSchema }),
  subscription: event('subscription', 'SubscriptionEvent', 'A client of real-time activity has subscribed, or its subscription has ended.', {
    what: what(['added', 'deleted']), connection: count('The connection.'), xuid: claimedXuid, resource: string('What it has subscribed to.')
  }),
  journal: event('journal', 'JournalEvent', 'The journal was emptied, or keeps something else from now on.', {
    what: what(['cleared', 'settings']), answers: boolean('True: what is answered is kept, too.')
  }),
  missed: event('missed', 'MissedEvent', 'Events may be missing here: read anew what you need.'),
  request: JournalEntrySchema,
  frame: FrameEntrySchema
} as const satisfies Record<EventKind | 'missed', object>
