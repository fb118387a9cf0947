import type { LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import type { Config } from '../../src/config/config.ts'
import { build, type Emulator } from '../helper.ts'
import { achievement, OTHER_SCID, SCID, session, title } from '../world-parts.ts'

/** A world in which people know each other, hide themselves, and are somewhere. */

export const [ANN, BEA, CAL, DAN, EVE, FAY] = ['2533274790000001', '2533274790000002', '2533274790000003', '2533274790000004', '2533274790000005', '18446744073709551615'] as const
/** Nobody's. */
export const NOBODY = '9'

const unlocked = (id: number, members: object = {}) => ({ serviceConfigId: SCID, id, timeUnlocked: '2020-06-01T00:00:00Z', ...members })
const score = (id: number, value: string) => achievement({ id, rewards: [{ value, type: 'Gamerscore' }] })

const presentTitle = { titleId: 1, state: 'Active', placement: 'Full', richPresence: 'On the roof' }
const home = { titleId: 750323071, name: 'Home', state: 'Active', placement: 'Background' }

const WORLD = {
  titles: [
    title({ achievements: [score(1, '50'), score(2, '25')] }),
    title({ titleId: 2, name: 'Two', serviceConfigId: OTHER_SCID, sandboxes: ['XDKS.1'], titleHub: { type: 'Application' }, achievements: [score(1, '10')] })
  ],
  users: [
    {
      xuid: ANN,
      gamertag: 'ann',
      friends: [BEA, CAL, DAN, FAY],
      favorites: [BEA],
      presence: { deviceType: 'Scarlett', titles: [home, presentTitle], timestamp: '2020-06-15T11:00:00Z' },
      titles: [{ titleId: 1, lastPlayed: '2020-06-14T12:00:00Z' }],
      achievements: [unlocked(1), unlocked(1, { serviceConfigId: OTHER_SCID })]
    },
    {
      xuid: BEA,
      gamertag: 'Bea & Co',
      friends: [ANN, EVE],
      profile: {
        realName: 'Beatrice',
        bio: 'I play.',
        location: 'Porto',
        accountTier: 'Silver',
        tenureLevel: 8,
        xboxOneRep: 'Superstar',
        displayPic: 'https://images.example/bea.png',
        preferredColor: { primaryColor: '111111', secondaryColor: '222222', tertiaryColor: '333333' },
        watermarks: ['xboxOneTeam', 'launchTeam'],
        modernGamertag: 'Béa',
        modernGamertagSuffix: '1234',
        isQuarantined: true
      },
      presence: { state: 'Offline', deviceType: 'iOS', titles: [{ titleId: 1 }], timestamp: '2020-06-12T12:00:00Z' },
      titles: [{ titleId: 1, lastPlayed: '2020-06-12T12:00:00Z' }],
      achievements: [unlocked(1), unlocked(2)]
    },
    // Hides from ann: has not added her.
    { xuid: CAL, gamertag: 'cal', privacy: 'friendsOnly', friends: [EVE], profile: { realName: 'Calvin', bio: 'Hidden.', location: 'Hidden.' }, presence: { titles: [presentTitle] }, achievements: [unlocked(1)], titles: [{ titleId: 1, lastPlayed: '2020-06-12T12:00:00Z' }] },
    // Shows everything to ann.
    { xuid: DAN, gamertag: 'dan', privacy: 'friendsOnly', friends: [ANN, EVE, FAY], presence: { state: 'Away', titles: [{ ...presentTitle, state: 'Inactive' }, { titleId: 2 }, { titleId: 3, name: 'Elsewhere', state: 'Inactive' }], timestamp: null } },
    { xuid: EVE, gamertag: 'eve', presence: { titles: [], state: 'Away' } },
    { xuid: FAY, gamertag: 'Beaumont', privacy: 'blocked', friends: [ANN], presence: { titles: [presentTitle] } }
  ],
  sessions: [
    session({ userHash: 'u', token: 'ann', xuid: ANN, titleId: 1 }),
    session({ userHash: 'u', token: 'bea', xuid: BEA }),
    session({ userHash: 'u', token: 'cal', xuid: CAL }),
    session({ userHash: 'u', token: 'fay', xuid: FAY }),
    session({ userHash: 'u', token: 'sandboxed', xuid: ANN, sandbox: 'XDKS.1' }),
    session({ userHash: 'u', token: 'site', xuid: FAY, thirdPartySite: true }),
    session({ userHash: 'u', token: 'nobody' })
  ]
}

export interface SocialWorld extends Emulator {
  /** Sends a request as the user of a token; a body makes it a POST. */
  readonly ask: (path: string, options?: { as?: string, body?: unknown, method?: string, version?: string, host?: string }) => Promise<LightMyRequestResponse>
}

/** An emulator with that world. */
export function buildSocial (t: Test, config: Partial<Config> = {}): SocialWorld {
  const emulator = build(t, { world: WORLD, config })
  return {
    ...emulator,
    ask: (path, { as = 'ann', body, version, host = 'localhost', method = body === undefined ? 'GET' : 'POST' } = {}) => emulator.app.inject({
      method: method as 'GET',
      url: path,
      headers: { authorization: `XBL3.0 x=u;${as}`, host, ...version !== undefined && { 'x-xbl-contract-version': version } },
      ...body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }
    })
  }
}

/** The message of a refusal in the documented dialect. */
export const messageOf = (response: LightMyRequestResponse): string => `${response.statusCode} ${response.json().errorMessage}`
