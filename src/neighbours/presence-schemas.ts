import { Type, type TProperties } from '@sinclair/typebox'
import { instant, literals, object, string } from '../http/answer-schema.ts'
import { anyCase, titleIdText } from '../http/lenient-body.ts'
import { PLACEMENTS, PRESENCE_STATES, TITLE_STATES } from '../model/user-details.ts'
import { nullable } from '../world/schema-parts.ts'
import { userList } from './body.ts'

/** What userpresence.xboxlive.com takes and answers. The names of a body's members are in lower case. */

/** The body of `POST /users/batch`. */
export const PresenceBatchBody = Type.Object({
  users: userList('XUIDs, in quotes or not.'),
  level: nullable(Type.String({ errorMessage: 'a string' }), 'How much is told: user, device, title or all. Anything else is as title.'),
  onlineonly: nullable(Type.Boolean({ errorMessage: 'true or false' }), 'True: nobody who is offline.'),
  devicetypes: nullable(Type.Array(Type.String(), { errorMessage: 'a list of strings' }), 'On which devices, in any letter case; empty: on any.'),
  titles: nullable(Type.Array(titleIdText, { errorMessage: 'a list of title ids' }), 'In which titles, in quotes or not; empty: in any.')
}, { description: 'The names of the members are matched in any letter case, e.g. `onlineOnly`.', errorMessage: 'an object with users' })

const activity = Type.Object({
  richpresence: nullable(Type.Object({
    id: Type.String({ minLength: 1, maxLength: 256, description: 'The name of its text, which is shown as it is.', errorMessage: 'the name of a rich presence text, of at most 256 characters' })
  }, { errorMessage: 'an object with id' }), 'What the user does in the title.')
}, { errorMessage: 'an object with richPresence' })

const titleMembers = {
  id: nullable(titleIdText, 'The title, in quotes or not; by default, or as 0, that of the token.'),
  state: nullable(anyCase(TITLE_STATES, { errorMessage: '"active" or "inactive"' }), 'active, the default, or inactive.'),
  placement: nullable(anyCase(PLACEMENTS, { errorMessage: '"full", "fill", "snapped" or "background"' }), 'full, the default, fill, snapped or background.'),
  activity: nullable(activity, 'What the user does in it.')
}

/** The body of `POST /users/xuid(…)/devices/current/titles/current`. */
export const PresenceTitleBody = Type.Object(titleMembers, { default: {}, description: 'The names of the members are matched in any letter case.', errorMessage: 'an object with state' })

/** The body of a heartbeat. */
export const HeartbeatBody = Type.Object({
  titles: Type.Array(Type.Object(titleMembers, { errorMessage: 'an object with id and state' }), {
    default: [], maxItems: 10, description: 'The titles that run on the device, the one in front last; empty: that of the token.', errorMessage: 'a list of at most 10 titles'
  })
}, { default: {}, description: 'The names of the members are matched in any letter case.', errorMessage: 'an object with titles' })

/** The id of a title, as a text. */
export const presentTitleId = Type.String({ pattern: '^[0-9]{1,10}$', description: 'The title id.' })

const presentState = literals(PRESENCE_STATES, 'Offline also when the caller may not see more.')
const presentDevices = <T extends TProperties>(members: T, title: string) =>
  Type.Array(object({ type: string('The device, e.g. XboxOne.'), ...members }, { title }), { description: 'Where the user is.' })

const PresentTitle = object({
  id: presentTitleId,
  name: string('Its name.'),
  placement: literals(PLACEMENTS, 'How it is on the screen.'),
  state: literals(TITLE_STATES, 'Whether the user is playing it.'),
  lastModified: Type.Optional(instant('Since when, if that is known.')),
  activity: Type.Optional(object({ richPresence: string('What the user is doing in it.') }, { title: 'PresenceActivity', description: 'With the level all, when the title says it.' }))
}, { title: 'PresentTitle' })

/** A presence record: that of somebody offline, and one for each level. */
export const PresenceRecord = Type.Union([
  object({ xuid: string('The user.'), state: presentState }, { title: 'PresenceUser', description: 'With the level user, or of an offline user of whom nothing more is told.' }),
  object({
    xuid: string('The user.'),
    state: Type.Literal('Offline', { description: 'Offline.' }),
    lastSeen: object({
      deviceType: string('The device.'),
      titleId: presentTitleId,
      titleName: string('Its name.'),
      timestamp: instant('When.')
    }, { title: 'LastSeen', description: 'Where the user was last.' })
  }, { title: 'PresenceLastSeen', description: 'Of an offline user of whom it is known.' }),
  object({ xuid: string('The user.'), state: presentState, devices: presentDevices({}, 'PresentDevice') }, { title: 'PresenceDevices', description: 'With the level device.' }),
  object({
    xuid: string('The user.'),
    state: presentState,
    devices: presentDevices({ titles: Type.Array(PresentTitle, { description: 'The titles that run there, the one in front last.' }) }, 'PresentDeviceTitles')
  }, { title: 'PresenceTitles', description: 'With the level title or all.' })
], { description: 'Where a user is.' })
