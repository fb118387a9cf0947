import type { Connecting, Needs, Replay, Saying, Step, Taken } from './engine.ts'
import { ask, LARGE, LARGE_SCID } from './services.ts'
import { JSON_TYPE, signedIn } from './sign-in.ts'

// What clients say on the WebSocket of rta.xboxlive.com, and what they do not go on without.

const PROTOCOL = 'rta.xboxlive.com.V2'
const CONNECT = 'wss://rta.xboxlive.com/connect'

export const resourceOf = ({ xuid, scid = LARGE_SCID }: Taken): string => `https://achievements.xboxlive.com/users/xuid(${xuid})/achievements/${scid}`

/** With the headers of a request. */
export const connectByHeader = (more: Record<string, string> = {}): Connecting =>
  ({ connect: (taken) => ({ url: CONNECT, protocols: [PROTOCOL], headers: signedIn(taken, null, more) }) })

/** Clients that cannot set the headers of an upgrade fetch what stands for one. */
const nonce: Step = {
  ask: (taken) => ({ url: 'https://rta.xboxlive.com/nonce', headers: signedIn(taken, null) }),
  needs: { nonce: 'text' },
  take: { nonce: 'nonce' }
}

const connectByNonce = (headers: Record<string, string> = {}): Connecting =>
  ({ connect: (taken) => ({ url: `${CONNECT}?nonce=${encodeURIComponent(taken['nonce'] as string)}`, protocols: [PROTOCOL], headers }) })

/** All five elements are read. */
const SUBSCRIBED: Needs = { '': 'five', 0: 'number', 1: 'number', 2: 'success', 3: 'number', 4: 'null' }
const REFUSED: Needs = { '': 'five', 0: 'number', 1: 'number', 2: 'refusal' }
const ENDED: Needs = { 0: 'number', 1: 'number', 2: 'success' }

export const subscribe = (seq: number, resource: (taken: Taken) => string = resourceOf): Saying =>
  ({ say: (taken) => `[1,${seq},${JSON.stringify(resource(taken))}]`, needs: SUBSCRIBED, take: { subscription: '3' } })

/** A resource that the emulator does not have. */
export const refused = (seq: number, resource: (taken: Taken) => string): Saying => ({ say: (taken) => `[1,${seq},${JSON.stringify(resource(taken))}]`, needs: REFUSED })

export const unsubscribe = (seq: number): Saying => ({ say: ({ subscription }) => `[2,${seq},${subscription}]`, needs: ENDED })

/** What the title reports of the user, who has it to see. */
export const report = (...achievements: ReadonlyArray<{ id: string, percentComplete: number }>): Step =>
  ask(({ xuid }) => `https://achievements.xboxlive.com/users/xuid(${xuid})/achievements/${LARGE_SCID}/update`, '2', {}, {
    method: 'POST', headers_: JSON_TYPE, body: ({ xuid }) => ({ action: 'progressUpdate', serviceConfigId: LARGE_SCID, titleId: LARGE, userId: xuid, achievements })
  })

/** Microsoft's client refuses an event without any of these, or whose requirements are an empty list. */
const EVENT: Needs = {
  0: 'number',
  1: 'number',
  '2.serviceConfigId': 'guid',
  '2.progression': 'some',
  '2.progression.*.id': 'digits',
  '2.progression.*.progressState': 'state',
  '2.progression.*.timeUnlocked': 'instant',
  '2.progression.*.requirements': 'some',
  '2.progression.*.requirements.*.id': 'guid',
  '2.progression.*.requirements.*.current': 'digits',
  '2.progression.*.requirements.*.target': 'digits'
}

export const event: Saying = { say: () => null, needs: EVENT }

/** The achievement as a request has it, which has to say the same. */
const reads = (id: string): Step =>
  ask(({ xuid }) => `https://achievements.xboxlive.com/users/xuid(${xuid})/achievements/${LARGE_SCID}/${id}`, '2', { 'achievements.0.progressState': 'state', 'achievements.0.progression.timeUnlocked': 'instant' })

/** A title's user, whom the system has signed in. */
const system: Step = ask('https://achievements.xboxlive.com/users/xuid(2533274790412952)/achievements?titleId=1660944384&maxItems=1', '2', { 'achievements.0.serviceConfigId': 'guid' })
const SYSTEM: Taken = { uhs: 'demo', xsts: 'titleless', xuid: '2533274790412952' }

const notified = ({ xuid }: Taken): string => `https://notify.xboxlive.com/users/xuid(${xuid})/deviceId/current/titleId/${LARGE}`

/** What it wants to be told, of invitations, too: it fails without the id, though it does not use it. */
const register = (systemId: string): Step => ask('https://notify.xboxlive.com/system/notifications/endpoints', '1', { endpointId: 'text' }, {
  method: 'POST',
  headers_: JSON_TYPE,
  body: (taken) => ({
    systemId,
    endpointUri: notified(taken),
    platform: 'Win32',
    transport: 'RTA',
    locale: 'en-US,en',
    titleId: LARGE,
    filters: [{ action: 'Include', source: 6, type: 1 }, { action: 'Include', source: 6, type: 8 }, { action: 'Include', source: 8, type: 1 }]
  })
})

/** It reads all of these, and takes the title in quotes alone. */
const notification: Saying = {
  say: () => null,
  needs: {
    0: 'number',
    1: 'number',
    '2.service': 'text',
    '2.achievementId': 'digits',
    '2.achievementName': 'text',
    '2.achievementDescription': 'string',
    '2.achievementIcon': 'text',
    '2.titleId': 'digits',
    '2.gamerscore': 'number',
    '2.xuid': 'digits',
    '2.extendedInfoUrl': 'text or null',
    '2.rarityPercentage': 'number',
    '2.rarityCategory': 'text',
    '2.unlockTime': 'instant'
  }
}

/**
 * The game has a context, and the manager makes another: both register, and share connection and subscriptions. The
 * number of a subscription is sent again when it ends; the next one has a new number.
 */
const xsapi = [
  system, connectByHeader({ 'accept-language': 'en-US,en', 'user-agent': 'XboxServicesAPI/2025.10.20251000.0', signature: 'AAAAAQHc' }),
  subscribe(1, notified), subscribe(2), register('5c2e0f4e-8a3b-4d3e-9a55-2f6c1b7d9e10'), register('ce86f3a7-a9be-4f2b-ab41-7367d4f592be'),
  report({ id: '11', percentComplete: 40 }, { id: '13', percentComplete: 20 }), event, reads('11'),
  report({ id: '11', percentComplete: 100 }), event, notification, reads('11'), unsubscribe(2), subscribe(3)
]

export const RTA: readonly Replay[] = [
  { client: 'xsapi, the achievements manager', steps: xsapi, given: SYSTEM },
  {
    client: 'xbox-rta of prismarine, by a nonce',
    steps: [nonce, connectByNonce(), subscribe(0), refused(1, () => 'https://sessiondirectory.xboxlive.com/connections/'), report({ id: '18', percentComplete: 100 }), event, unsubscribe(2)],
    given: SYSTEM
  },
  {
    client: 'a fork of Xbox Achievement Unlocker',
    steps: [{ ...nonce, ask: (taken) => ({ url: 'https://rta.xboxlive.com/nonce', headers: signedIn(taken, null, { accept: 'application/json' }) }) }, connectByNonce({ 'user-agent': 'XboxServicesAPI/2021.10.20211005.0 c' }), subscribe(1), report({ id: '21', percentComplete: 100 }), event],
    given: SYSTEM
  }
]
