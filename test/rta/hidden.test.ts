import t, { type Test } from 'tap'
import { ANN, CID, EVENT_SCID, openHub, resourceOf, SCID, WORLD } from './activity.ts'
import { REGISTRATION, resourceOf as notifyResourceOf } from './notify-client.ts'

// Of a user who hides it a client is sent the same bytes, whatever the user does, and whether or not there is such a user.

/** What becomes of the hidden user. */
const LIVES = ['does much', 'does nothing', 'is not there'] as const
const ENDPOINT_ID = '3f0e6a0a-2222-4c11-9a0b-6f1c0ad22e8c'
const NO_CONFIGURATION = '11111111-0000-0000-0000-000000000009'

/** Everything that a client can name of the user. */
const RESOURCES = [
  ...[...WORLD.titles.map(({ serviceConfigId }) => serviceConfigId), NO_CONFIGURATION, SCID.toUpperCase(), 'x'].map((scid) => resourceOf(CID, scid)),
  resourceOf(`0${CID}`, EVENT_SCID), `http://127.0.0.1/users/xuid(${CID})/achievements/${SCID}`,
  ...[1, 2, 3, 9].map((titleId) => notifyResourceOf(CID, titleId))
]

function live ({ report, run }: Pick<ReturnType<typeof openHub>, 'report' | 'run'>): void {
  const set = { xuid: CID, scid: EVENT_SCID, sandbox: null, percentComplete: 100, timeUnlocked: null, isRevoked: false, requirements: null, now: 0 }
  run('endpoint.put', {
    ...REGISTRATION, xuid: CID, titleId: 1, endpointUri: notifyResourceOf(CID, 1), endpointId: ENDPOINT_ID, filters: [{ action: 'Include', source: 8, type: 1 }], location: null, origin: 'http://127.0.0.1', now: 0
  })
  report(CID, { 1: 50, 2: 100 })
  report(CID, { 1: 100 })
  run('progress.set', { ...set, id: 1 })
  run('progress.set', { ...set, id: 2 })
  run('progress.clear', { xuid: CID, scid: EVENT_SCID, id: null, sandbox: null })
  run('friend.add', { xuid: CID, friend: ANN, isFavorite: null })
  run('user.put', { xuid: CID, gamertag: 'cid is here', privacy: null, profile: null, signInError: null })
  run('privacy.set', { xuid: CID, privacy: 'blocked' })
}

/** All that a client receives, over its connection and over HTTP, while a hidden user lives so. */
async function see (t: Test, life: typeof LIVES[number], token: string, config: Parameters<typeof openHub>[1] = {}): Promise<unknown> {
  const isThere = ({ xuid }: { xuid?: string }): boolean => life !== 'is not there' || xuid !== CID
  const activity = openHub(t, { ...config, world: { ...WORLD, users: WORLD.users.filter(isThere), sessions: WORLD.sessions.filter(isThere) } as typeof WORLD })
  const { app, connect, settle, report } = activity
  const client = connect(token)
  const headers = { host: 'notify.xboxlive.com', authorization: `XBL3.0 x=u;${token}`, 'x-xbl-contract-version': '1' }
  const answers: unknown[] = []
  const ask = async (method: 'POST' | 'DELETE', path: string, payload?: object): Promise<void> => {
    const { statusCode, body } = await app.inject({ method, url: `/system/notifications/endpoints${path}`, headers, ...payload && { payload } })
    answers.push([statusCode, body.replace(/"(traceInformation|endpointId)":"[^"]*"/, '')])
  }
  client.say([1, 0, resourceOf(ANN)])
  for (const round of [1, 2]) {
    for (const [seq, resource] of RESOURCES.entries()) client.say([1, seq, resource])
    await ask('POST', '', { ...REGISTRATION, endpointUri: notifyResourceOf(CID, 1) })
    await ask('DELETE', `/${ENDPOINT_ID}`)
    if (life === 'does much') live(activity)
    report(ANN, { 1: round })
    await settle()
  }
  await app.close()
  return { frames: client.frames, answers }
}

t.test('a client learns nothing of whom it may not see', async (t) => {
  for (const dialect of ['documented', 'live'] as const) {
    for (const crossUser of ['documented', 'privacy', 'strict'] as const) {
      for (const token of ['ann', 'bob', 'site', 'titleless', 'any', 'dev', 'nobody']) {
        const [much, ...others] = await Promise.all(LIVES.map((life) => see(t, life, token, { config: { dialect, crossUser } })))
        for (const other of others) t.strictSame(other, much, `${dialect} ${crossUser} ${token}`)
      }
    }
  }
})

t.test('a client that saw a user does not learn what the user does once it hides', async (t) => {
  const [much, nothing] = await Promise.all([true, false].map(async (isMuchDone) => {
    const activity = openHub(t)
    const { connect, run, settle, emulator: { services: { clock } } } = activity
    run('privacy.set', { xuid: CID, privacy: 'everyone' })
    const client = connect('ann')
    for (const scid of [SCID, EVENT_SCID]) client.subscribe(resourceOf(CID, scid))
    run('privacy.set', { xuid: CID, privacy: 'blocked' })
    if (isMuchDone) live(activity)
    await settle()
    // Back to what it was when it hid.
    run('progress.clear', { xuid: CID, scid: null, id: null, sandbox: null })
    run('privacy.set', { xuid: CID, privacy: 'everyone' })
    run('progress.set', { xuid: CID, scid: SCID, id: 1, sandbox: null, percentComplete: 7, timeUnlocked: null, isRevoked: false, requirements: null, now: clock.now() })
    await settle()
    return client.frames
  }))
  t.strictSame(much, nothing)
  t.equal(much?.length, 4)
})
