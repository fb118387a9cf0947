import type { LightMyRequestResponse } from 'fastify'
import type { Test } from 'tap'
import type { Services } from '../../src/http/services.ts'
import type { Caller } from '../../src/model/session.ts'
import { createHub } from '../../src/rta/hub.ts'
import { createSubscriptionFaults } from '../../src/rta/subscription-faults.ts'
import { build, type Emulator } from '../helper.ts'
import { achievement, OTHER_SCID, session, title, user } from '../world-parts.ts'

export const XBOX_360_SCID = '11111111-2222-3333-4444-dddddddddddd'

const icon = { name: 'icon', type: 'Icon', url: 'https://images.example.com/icon.png' }
const poster = { ...icon, type: 'Art', url: 'https://images.example.com/poster.png' }

/** Title 2 shares the service configuration of title 1, which is in two sandboxes; title 3 has another, title 4 is one of the Xbox 360. */
export const NOTIFY_WORLD = {
  titles: [
    title({
      sandboxes: ['RETAIL', 'XDKS.1'],
      defaultLocale: 'en-US',
      achievements: [
        achievement({
          name: { 'en-US': 'First light', 'de-DE': 'Erstes Licht', 'ja-JP': '最初の光' },
          description: { 'en-US': 'You lit it.', 'de-DE': 'Es brennt.', 'ja-JP': '点いた。' },
          mediaAssets: [poster, icon],
          rewards: [{ type: 'Gamerscore', value: '10' }, { type: 'InApp', value: 'x' }],
          deeplink: 'one://first'
        }),
        achievement({ id: 2, name: 'Second', description: 'Again.', isSecret: true }),
        achievement({ id: 3, name: 'Third' })
      ]
    }),
    title({ titleId: 2, achievements: [] }),
    title({ titleId: 3, serviceConfigId: OTHER_SCID }),
    title({ titleId: 4, serviceConfigId: XBOX_360_SCID, generation: 'xbox360' })
  ],
  users: [user(), user({ xuid: '2', gamertag: 'bob' }), user({ xuid: '3', gamertag: 'cid' })],
  sessions: [
    session({ xuid: '1', titleId: 1 }),
    session({ token: 'elsewhere', xuid: '1', titleId: 1, sandbox: 'XDKS.1' }),
    session({ token: 'other', xuid: '1', titleId: 2 }),
    session({ token: 'titleless', xuid: '1' }),
    session({ token: 'bob', xuid: '2', titleId: 1 }),
    session({ token: 'japan', xuid: '1', titleId: 1, location: 'JP' }),
    session({ token: 'nobody', titleId: 1 })
  ]
}

export const resourceOf = (xuid: string, titleId: number): string => `https://notify.xboxlive.com/users/xuid(${xuid})/deviceId/current/titleId/${titleId}`

/** What a title on Windows sends. */
export const REGISTRATION = {
  systemId: '0a7525e8-c21f-4447-a596-16ca2afe38fc',
  endpointUri: resourceOf('1', 1),
  platform: 'Win32',
  transport: 'RTA',
  locale: 'en-US,en',
  titleId: '1',
  filters: [{ action: 'Include', source: 6, type: 1 }, { action: 'Include', source: 6, type: 8 }, { action: 'Include', source: 8, type: 1 }]
}

/** An emulator, and what a title sends to it. */
export interface NotifyClient extends Emulator {
  readonly register: (members?: object, options?: { token?: string, headers?: Record<string, string> }) => Promise<LightMyRequestResponse>
  readonly unregister: (endpointId: string, token?: string) => Promise<LightMyRequestResponse>
}

/** @param options those of `build`; the world is {@link NOTIFY_WORLD}. */
export function openNotify (t: Test, options: Parameters<typeof build>[1] = {}): NotifyClient {
  const emulator = build(t, { world: NOTIFY_WORLD, ...options })
  const headersOf = (token: string) => ({ host: 'notify.xboxlive.com', authorization: `XBL3.0 x=hash;${token}`, 'x-xbl-contract-version': '1' })
  const path = '/system/notifications/endpoints'
  return {
    ...emulator,
    register: async (members = {}, { token = 'token', headers = {} } = {}) =>
      await emulator.app.inject({ method: 'POST', url: path, headers: { ...headersOf(token), ...headers }, payload: JSON.stringify({ ...REGISTRATION, ...members }) }),
    unregister: async (endpointId, token = 'token') => await emulator.app.inject({ method: 'DELETE', url: `${path}/${endpointId}`, headers: headersOf(token) })
  }
}

const CALLER: Caller = { xuid: '1', gamertag: 'ann', titleId: 1, sandbox: 'RETAIL', location: null, thirdPartySite: false, expires: null, anyTitle: false }

/** A connection of a client without a network. */
export function connect (services: Services, claims: Partial<Caller> = {}) {
  const hub = createHub(services, createSubscriptionFaults())
  const sent: string[] = []
  const caller = { ...CALLER, ...claims }
  const open = (id: number, send: (text: string) => void) => hub.converse({ id, caller, acceptLanguage: undefined, hasProtocol: true, hasMissed: false, send, close: () => {} })
  const { receive } = open(1, (text) => { sent.push(text) })
  // One that is told something when all that waits was told.
  let passed = (): void => {}
  open(2, () => { passed() })
  return {
    /** What is answered to a frame at once. */
    ask (frame: unknown): unknown {
      receive(JSON.stringify(frame))
      return JSON.parse(sent.pop() ?? '')
    },

    /** The frames that were sent until now, and by all that waits. */
    async told (): Promise<any[]> {
      await new Promise<void>((resolve) => {
        passed = resolve
        hub.resync([2])
      })
      return sent.splice(0).map((text) => JSON.parse(text))
    }
  }
}
