import { FRIEND, GAMER, LARGE_TITLE, SAMPLE_SCID, SAMPLE_TITLE, STRANGER, type Emulator } from '../helper.ts'
import { command, sentBy } from './client.ts'

const SCID = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'

/** Reports progress as the large title. */
export async function update (emulator: Pick<Emulator, 'app'>, id: string, percentComplete: number): Promise<void> {
  const response = await emulator.app.inject({
    method: 'POST',
    url: `/users/xuid(${GAMER})/achievements/${SCID}/update`,
    headers: sentBy('demo;titleless'),
    payload: { action: 'progressUpdate', serviceConfigId: SCID, titleId: LARGE_TITLE, userId: GAMER, achievements: [{ id, percentComplete }] }
  })
  if (response.statusCode !== 200) throw new Error(response.body)
}

type Change = (emulator: Pick<Emulator, 'app'>) => Promise<unknown>
const by = (method: string, path: string, body?: unknown): Change => async (emulator) => await command(emulator, method, path, body)

/** Every kind of change of the demo world, except those that replace all of it. */
export const CHANGES: ReadonlyArray<[what: string, change: Change]> = [
  ['progress by update', async (emulator) => await update(emulator, '11', 40)],
  ['an unlock by update', async (emulator) => await update(emulator, '40', 100)],
  ['progress by control', by('PUT', `/users/${GAMER}/achievements/${SCID}/13`, { percentComplete: 50 })],
  ['an unlock by control', by('PUT', `/users/${STRANGER}/achievements/${SAMPLE_SCID}/3`, {})],
  ['a lock by control', by('PUT', `/users/${GAMER}/achievements/${SCID}/1`, { percentComplete: 0 })],
  ['a revocation', by('PUT', `/users/${GAMER}/achievements/${SCID}/2`, { isRevoked: true, timeUnlocked: '2001-01-01T00:00:00Z' })],
  ['a session', by('POST', '/sessions', { userHash: 'new', token: 'new', xuid: FRIEND, titleId: LARGE_TITLE })],
  ['a session that was there', by('POST', '/sessions', { userHash: 'demo', token: 'gamer', location: 'FR', expires: '2100-01-01T00:00:00Z' })],
  ['a session less', by('DELETE', '/sessions/demo/site')],
  ['a session less that comes back', async (emulator) => {
    await command(emulator, 'DELETE', '/sessions/demo/friend')
    await command(emulator, 'POST', '/sessions', { userHash: 'demo', token: 'friend', xuid: GAMER, titleId: SAMPLE_TITLE })
  }],
  ['privacy', by('PUT', `/users/${GAMER}/privacy`, { privacy: 'blocked' })],
  ['a friend', by('PUT', `/users/${STRANGER}/friends/${GAMER}`)],
  ['a favourite', by('PUT', `/users/${FRIEND}/friends/${GAMER}`, { isFavorite: true })],
  ['a favourite less', by('PUT', `/users/${GAMER}/friends/${FRIEND}`, { isFavorite: false })],
  ['a presence', by('PUT', `/users/${FRIEND}/presence`, { titles: [{ titleId: LARGE_TITLE }] })],
  ['a presence less', by('DELETE', `/users/${GAMER}/presence`)],
  ['a profile, and a sign-in that is refused', by('PUT', `/users/${GAMER}`, { profile: { bio: 'x' }, signInError: 2148916233 })],
  ['a friend less', by('DELETE', `/users/${GAMER}/friends/${FRIEND}`)],
  ['a user', by('PUT', '/users/5', { gamertag: 'new' })],
  ['a user that was there', by('PUT', `/users/${FRIEND}`, { gamertag: 'renamed', privacy: 'blocked' })],
  ['a user less, whose place and name another takes', async (emulator) => {
    await command(emulator, 'DELETE', `/users/${STRANGER}`)
    await command(emulator, 'PUT', '/users/6', { gamertag: 'stranger' })
    await command(emulator, 'PUT', `/users/6/friends/${GAMER}`)
  }],
  ['a user less that others had added', by('DELETE', `/users/${FRIEND}`)],
  ['a user less that comes back', async (emulator) => {
    await command(emulator, 'DELETE', `/users/${GAMER}`)
    await command(emulator, 'PUT', `/users/${GAMER}`, { gamertag: 'GAMER' })
    await command(emulator, 'PUT', `/users/${GAMER}/achievements/${SCID}/1`)
  }],
  ['gamertags exchanged', async (emulator) => {
    await command(emulator, 'PUT', `/users/${GAMER}`, { gamertag: 'between' })
    await command(emulator, 'PUT', `/users/${FRIEND}`, { gamertag: 'gamer' })
    await command(emulator, 'PUT', `/users/${GAMER}`, { gamertag: 'friend' })
  }]
]
