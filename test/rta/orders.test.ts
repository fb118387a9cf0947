import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import t from 'tap'
import type { Privacy } from '../../src/model/user.ts'
import { ANN, BOB, CID, openHub, resourceOf, SCID, type Activity, type Client } from './activity.ts'

/** Whose session a connection is of, and whether a web site uses it. */
const CALLERS = { ann: { xuid: ANN, isSite: false }, bob: { xuid: BOB, isSite: false }, cid: { xuid: CID, isSite: false }, site: { xuid: ANN, isSite: true } }

const user = fc.constantFrom(ANN, BOB, CID)
const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('connect' as const), session: fc.constantFrom(...Object.keys(CALLERS) as Array<keyof typeof CALLERS>) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('disconnect' as const), client: fc.nat(20) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('subscribe' as const), client: fc.nat(20), user }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('unsubscribe' as const), client: fc.nat(20), subId: fc.nat(4) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('report' as const), user, percents: fc.dictionary(fc.constantFrom('1', '2', '3'), fc.integer({ min: 0, max: 100 }), { minKeys: 1 }) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('set' as const), user, id: fc.integer({ min: 1, max: 3 }), percent: fc.integer({ min: 0, max: 100 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('privacy' as const), user, privacy: fc.constantFrom<Privacy>('everyone', 'friendsOnly', 'blocked') }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('friend' as const), user, friend: user, isAdded: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('delete' as const, 'create' as const), user }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 5000 }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('resync' as const), client: fc.nat(20) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('turn' as const) }) }
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

interface ModelSubscription { subId: number, user: string, after: number, isHidden: boolean }
interface ModelClient { session: keyof typeof CALLERS, isOpen: boolean, made: number, subscriptions: ModelSubscription[], frames: string[] }
interface ModelChange { user: string, data: string }

/** What every client should be sent, by plain loops over everything. */
class Model {
  readonly clients: ModelClient[] = []
  readonly #progress = new Map<string, { percent: number, time: string | null }>()
  readonly #privacy = new Map<string, Privacy>([[ANN, 'everyone'], [BOB, 'friendsOnly'], [CID, 'blocked']])
  readonly #friends = new Set([`${BOB} ${ANN}`])
  /** Those who were deleted have no session any more. */
  readonly #deleted = new Set<string>()
  /** What has changed and was not told yet, and after how many changes that began. */
  #waiting: Array<ModelChange | { resync: ModelClient }> = []
  #changes = 0

  maySee (session: keyof typeof CALLERS, target: string): boolean {
    const { xuid, isSite } = CALLERS[session]
    if (!this.exists(target)) return false
    if (this.#privacy.get(target) === 'everyone' || (xuid === target && !isSite)) return true
    return this.#privacy.get(target) === 'friendsOnly' && !isSite && this.#friends.has(`${target} ${xuid}`)
  }

  exists (target: string): boolean { return this.#privacy.has(target) }

  canConnect (session: keyof typeof CALLERS): boolean { return !this.#deleted.has(CALLERS[session].xuid) }

  subscribe (client: ModelClient, target: string): void {
    if (!this.maySee(client.session, target)) {
      client.frames.push('[1,5,3,0,null]')
      return
    }
    const subId = client.made++
    client.subscriptions.push({ subId, user: target, after: this.#changes, isHidden: false })
    client.frames.push(`[1,5,0,${subId},null]`)
  }

  unsubscribe (client: ModelClient, subId: number): void {
    const index = client.subscriptions.findIndex((each) => each.subId === subId)
    client.frames.push(`[2,6,${index === -1 ? 1 : 0}]`)
    if (index !== -1) client.subscriptions.splice(index, 1)
  }

  /** @param percents what is to be; a report only raises. */
  change (target: string, percents: Array<[string, number]>, { now, isReport }: { now: number, isReport: boolean }): void {
    const items = percents.flatMap(([id, percent]) => {
      const key = `${target} ${id}`
      const before = this.#progress.get(key) ?? { percent: 0, time: null }
      if (isReport && (before.time !== null || percent <= before.percent)) return []
      const after = { percent, time: percent === 100 ? new Date(now).toISOString() : null }
      this.#progress.set(key, after)
      if (before.percent === after.percent && before.time === after.time) return []
      const state = after.time !== null ? 'Achieved' : percent > 0 ? 'InProgress' : 'NotStarted'
      return [{
        id,
        requirements: [{ id: '00000000-0000-0000-0000-000000000000', current: String(percent), target: '100', operationType: 'Sum', valueType: 'Integer', ruleParticipationType: 'Individual' }],
        progressState: state,
        timeUnlocked: after.time ?? '0001-01-01T00:00:00.000Z'
      }]
    })
    if (items.length === 0) return
    this.#changes++
    this.#waiting.push({ user: target, data: JSON.stringify({ serviceConfigId: SCID, progression: items, contractVersion: 1 }) })
  }

  /** Of a user who is there or, as one who is created, not. */
  setPrivacy (target: string, privacy: Privacy): void {
    this.#privacy.set(target, privacy)
    this.#show(target)
  }

  delete (target: string): void {
    this.#privacy.delete(target)
    this.#deleted.add(target)
    for (const key of [...this.#friends]) if (key.includes(target)) this.#friends.delete(key)
    for (const key of [...this.#progress.keys()]) if (key.startsWith(target)) this.#progress.delete(key)
    this.#show(target)
  }

  /** @returns whether anything changes. */
  befriend (target: string, friend: string, isAdded: boolean): boolean {
    const key = `${target} ${friend}`
    if (target === friend || !this.exists(target) || !this.exists(friend) || isAdded === this.#friends.has(key)) return false
    if (isAdded) this.#friends.add(key)
    else this.#friends.delete(key)
    this.#show(target)
    return true
  }

  resync (client: ModelClient): void { this.#waiting.push({ resync: client }) }

  /** Whoever could not see a user, and can now, is told so, and of nothing that was before. */
  #show (target: string): void {
    for (const client of this.clients) {
      const shown = client.subscriptions.filter(({ user, isHidden }) => user === target && isHidden && this.maySee(client.session, target))
      for (const subscription of client.subscriptions) if (subscription.user === target) subscription.isHidden = !this.maySee(client.session, target)
      for (const subscription of shown) subscription.after = this.#changes
      if (shown.length > 0) this.resync(client)
    }
  }

  /** Everything that waits is told in one turn: there is less than a turn does. */
  turn (): void {
    let at = this.#changes - this.#waiting.filter((each) => 'data' in each).length
    for (const each of this.#waiting) {
      if ('resync' in each) {
        if (each.resync.isOpen) each.resync.frames.push('[4]')
        continue
      }
      at++
      for (const { session, frames, subscriptions } of this.clients) {
        for (const subscription of subscriptions) {
          const { subId, user: target, after } = subscription
          if (target !== each.user || after >= at) continue
          if (this.maySee(session, target)) frames.push(`[3,${subId},${each.data}]`)
          else subscription.isHidden = true
        }
      }
    }
    this.#waiting = []
  }
}

/** Does a step to the emulator and to the model. */
async function take (each: Step, { activity, model, clients, clock }: { activity: Activity, model: Model, clients: Client[], clock: { now: number } }): Promise<void> {
  const { connect, hub, report, run } = activity
  const at = 'client' in each && clients.length > 0 ? each.client % clients.length : -1
  const [client, modelled] = [clients[at], model.clients[at]]
  switch (each.do) {
    case 'connect':
      if (!model.canConnect(each.session)) break
      clients.push(connect(each.session))
      model.clients.push({ session: each.session, isOpen: true, made: 0, subscriptions: [], frames: [] })
      break
    case 'disconnect':
      client?.conversation.end()
      if (modelled !== undefined) Object.assign(modelled, { isOpen: false, subscriptions: [] })
      break
    case 'subscribe':
      if (modelled?.isOpen !== true) break
      client?.say([1, 5, resourceOf(each.user)])
      model.subscribe(modelled, each.user)
      break
    case 'unsubscribe':
      if (modelled?.isOpen !== true) break
      client?.say([2, 6, each.subId])
      model.unsubscribe(modelled, each.subId)
      break
    case 'report':
      if (!model.exists(each.user)) break
      report(each.user, each.percents)
      model.change(each.user, Object.entries(each.percents), { now: clock.now, isReport: true })
      break
    case 'set':
      if (!model.exists(each.user)) break
      run('progress.set', { xuid: each.user, scid: SCID, id: each.id, sandbox: 'RETAIL', percentComplete: each.percent, requirements: null, isRevoked: false, timeUnlocked: null, now: clock.now })
      model.change(each.user, [[String(each.id), each.percent]], { now: clock.now, isReport: false })
      break
    case 'delete':
      if (!model.exists(each.user)) break
      run('user.delete', { xuid: each.user })
      model.delete(each.user)
      break
    case 'create':
      if (model.exists(each.user)) break
      run('user.put', { xuid: each.user, gamertag: null, privacy: 'everyone', profile: null, signInError: null })
      model.setPrivacy(each.user, 'everyone')
      break
    case 'privacy':
      if (!model.exists(each.user)) break
      run('privacy.set', { xuid: each.user, privacy: each.privacy })
      model.setPrivacy(each.user, each.privacy)
      break
    case 'friend':
      if (model.befriend(each.user, each.friend, each.isAdded)) run(each.isAdded ? 'friend.add' : 'friend.remove', { xuid: each.user, friend: each.friend, isFavorite: null })
      break
    case 'wait':
      clock.now += each.ms
      break
    case 'resync':
      if (client === undefined || modelled === undefined) break
      t.equal(hub.resync([client.id]), modelled.isOpen ? 1 : 0)
      if (modelled.isOpen) model.resync(modelled)
      break
    case 'turn':
      await setImmediate()
      model.turn()
  }
}

t.test('every client is sent what it should be, in order: nothing is lost, doubled, or sent after the answer to an unsubscribe', async (t) => {
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 120 }), async (steps) => {
    const clock = { now: Date.UTC(2020, 0) }
    await t.test('steps', async (t) => {
      const activity = openHub(t, { now: () => clock.now })
      const context = { activity, model: new Model(), clients: [] as Client[], clock }
      for (const each of [...steps, { do: 'turn' } as const]) await take(each, context)
      const sent = context.clients.map(({ frames }) => frames)
      const expected = context.model.clients.map(({ frames }) => frames)
      if (JSON.stringify(sent) !== JSON.stringify(expected)) {
        t.strictSame(sent, expected)
        throw new Error('another order')
      }
    })
  }), { seed: 54, numRuns: 100 })
})
