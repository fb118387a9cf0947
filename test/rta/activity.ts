import { setImmediate } from 'node:timers/promises'
import type { FastifyRequest } from 'fastify'
import type { Test } from 'tap'
import { createSessionReader } from '../../src/http/authorization.ts'
import type { Caller } from '../../src/model/session.ts'
import type { Connection, Conversation } from '../../src/rta/connection.ts'
import { createHub, type Hub, type HubLimits } from '../../src/rta/hub.ts'
import { createSubscriptionFaults, type FaultEffects } from '../../src/rta/subscription-faults.ts'
import { build, type Emulator } from '../helper.ts'

/** The service configuration of the recorded event. */
export const SCID = '00000000-0000-0000-0000-00007972ac43'
export const EVENT_SCID = '11111111-0000-0000-0000-000000000002'
export const OLD_SCID = '11111111-0000-0000-0000-000000000003'
export const ANN = '2533274790412901'
export const BOB = '2533274790412902'
export const CID = '2533274790412903'
export const DEV = 'DEV.1'

const achievement = (id: number, more: object = {}): object => ({ id, name: `n${id}`, rewards: [{ type: 'Gamerscore', value: '10' }], ...more })

/** A title of each achievement system, those that cannot be subscribed to, and three users with a privacy setting each. */
export const WORLD = {
  titles: [
    { titleId: 1, name: 'managed', serviceConfigId: SCID, sandboxes: ['RETAIL', DEV], achievements: [achievement(1), achievement(2), achievement(3)] },
    {
      titleId: 2,
      name: 'events',
      serviceConfigId: EVENT_SCID,
      public: true,
      achievementSystem: 'eventBased',
      achievements: [
        achievement(1, {
          requirements: [
            { id: '22222222-0000-0000-0000-000000000001', target: '8', valueType: 'Integer' },
            { id: '22222222-0000-0000-0000-000000000002', target: '2.5', valueType: 'Double', operationType: 'MAXIMUM' }
          ]
        }),
        achievement(2)
      ]
    },
    { titleId: 3, name: 'old', serviceConfigId: OLD_SCID, public: true, generation: 'xbox360', achievements: [achievement(1)] },
    { titleId: 4, name: 'private', serviceConfigId: '11111111-0000-0000-0000-000000000004', achievements: [achievement(1)] },
    { titleId: 5, name: 'retired', serviceConfigId: '11111111-0000-0000-0000-000000000005', public: true, status: 'retired', achievements: [achievement(1)] },
    { titleId: 6, name: 'moved', serviceConfigId: '11111111-0000-0000-0000-000000000006', public: true, status: 'moved', location: '/x', achievements: [achievement(1)] },
    { titleId: 7, name: 'elsewhere', serviceConfigId: '11111111-0000-0000-0000-000000000007', public: true, sandboxes: [DEV], achievements: [achievement(1)] }
  ],
  users: [
    { xuid: ANN, gamertag: 'ann', privacy: 'everyone' },
    { xuid: BOB, gamertag: 'bob', privacy: 'friendsOnly', friends: [ANN] },
    { xuid: CID, gamertag: 'cid', privacy: 'blocked' }
  ],
  sessions: [
    { userHash: 'u', token: 'ann', xuid: ANN, titleId: 1 },
    { userHash: 'u', token: 'bob', xuid: BOB, titleId: 1 },
    { userHash: 'u', token: 'cid', xuid: CID, titleId: 1 },
    { userHash: 'u', token: 'site', xuid: ANN, titleId: 1, thirdPartySite: true },
    { userHash: 'u', token: 'dev', xuid: ANN, titleId: 1, sandbox: DEV },
    { userHash: 'u', token: 'titleless', xuid: ANN },
    { userHash: 'u', token: 'any', xuid: ANN, titleId: 328178078 },
    { userHash: 'u', token: 'nobody', titleId: 1 }
  ]
}

/** Whom no world has. */
const NOBODY: Caller = { xuid: null, gamertag: null, titleId: null, sandbox: null, location: null, thirdPartySite: false, expires: null, anyTitle: false }

export const resourceOf = (xuid: string, scid = SCID): string => `https://achievements.xboxlive.com/users/xuid(${xuid})/achievements/${scid}`

/** A client without a network. */
export interface Client {
  readonly id: number
  /** All frames that it was sent. */
  readonly frames: string[]
  /** How it was closed by the emulator. */
  readonly closed: Array<{ code: number, reason: string }>
  readonly conversation: Conversation
  readonly say: (message: unknown) => void
  /** Subscribes, and demands that it is let. */
  readonly subscribe: (resource: string) => number
}

/** A hub on an emulator of its own, and clients of it. */
export interface Activity extends Emulator {
  readonly hub: Hub
  readonly connect: (session?: string | Caller, traits?: Partial<Connection>) => Client
  /** Waits until all that is to be told was told. */
  readonly settle: () => Promise<void>
  /** Reports progress as a title does. */
  readonly report: (xuid: string, achievements: Record<number, number>, scid?: string, sandbox?: string) => void
}

export function openHub (t: Test, { faults = createSubscriptionFaults(), limits, world = WORLD, ...options }: Parameters<typeof build>[1] & { faults?: FaultEffects, limits?: HubLimits } = {}): Activity {
  const emulator = build(t, { world, ...options })
  const { services } = emulator.emulator
  const hub = createHub(services, faults, limits)
  t.teardown(() => hub.stop())
  const authorize = createSessionReader(services)
  let opened = 0

  const connect: Activity['connect'] = (session = 'ann', traits = {}) => {
    const frames: string[] = []
    let isOpen = true
    const closed: Client['closed'] = []
    const caller = typeof session === 'string' ? authorize({ headers: { authorization: `XBL3.0 x=u;${session}` }, params: {}, now: services.clock.now() } as FastifyRequest) : session
    const connection: Connection = {
      id: ++opened,
      caller,
      acceptLanguage: undefined,
      hasProtocol: true,
      hasMissed: false,
      ...traits,
      // As a socket does: nothing once it is closed.
      send: (text) => { if (isOpen) frames.push(text) },
      close: (code, reason) => { closed.push({ code, reason }) }
    }
    const { receive, end } = hub.converse(connection)
    const conversation = {
      receive,
      end: () => {
        isOpen = false
        end()
      }
    }
    const say = (message: unknown): void => receive(typeof message === 'string' ? message : JSON.stringify(message))
    return {
      id: connection.id,
      frames,
      closed,
      conversation,
      say,
      subscribe (resource) {
        say([1, 7, resource])
        const [, , code, subId] = JSON.parse(frames.at(-1) as string)
        t.equal(code, 0, resource)
        return subId
      }
    }
  }

  return {
    ...emulator,
    hub,
    connect,
    async settle () {
      const last = connect(NOBODY)
      hub.resync([last.id])
      while (last.frames.length === 0) await setImmediate()
      last.conversation.end()
    },
    report (xuid, achievements, scid = SCID, sandbox = 'RETAIL') {
      const titleId = WORLD.titles.find(({ serviceConfigId }) => serviceConfigId === scid)?.titleId as number
      emulator.run('progress.report', {
        claims: { xuid, titleId, sandbox, location: null, thirdPartySite: false },
        xuid,
        scid,
        titleId,
        achievements: Object.entries(achievements).map(([id, percentComplete]) => ({ id: Number(id), percentComplete })),
        now: services.clock.now()
      })
    }
  }
}
