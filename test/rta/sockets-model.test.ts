import { once } from 'node:events'
import { join } from 'node:path'
import fc from 'fast-check'
import t from 'tap'
import WebSocket from 'ws'
import type { Emulator, WorldInput } from '../../src/index.ts'
import type { Privacy } from '../../src/model/user.ts'
import { start } from '../in-process.ts'
import { ANN, BOB, CID, resourceOf, SCID, WORLD } from './activity.ts'

// What a client is told over a real connection, of changes by two processes on one database file, is compared with a model of plain loops.

/** Whom every client follows to see that it was told of all before. */
const BELL = '2533274790412909'
const SESSIONS = { ann: ANN, bob: BOB, cid: CID }
type Session = keyof typeof SESSIONS

const place = fc.nat(1)
const user = fc.constantFrom(ANN, BOB, CID)
const change = fc.record({ user, id: fc.integer({ min: 1, max: 3 }), percent: fc.integer({ min: 0, max: 100 }), place })
const step = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('connect' as const), session: fc.constantFrom(...Object.keys(SESSIONS) as Session[]), place }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('cut' as const, 'resync' as const), client: fc.nat(9) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('subscribe' as const), client: fc.nat(9), user }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('unsubscribe' as const), client: fc.nat(9), subId: fc.integer({ min: 1, max: 3 }) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('change' as const), changes: fc.uniqueArray(change, { minLength: 1, maxLength: 3, selector: (each) => each.user }) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('privacy' as const), user, privacy: fc.constantFrom<Privacy>('everyone', 'friendsOnly', 'blocked'), place }) }
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

interface Following { user: string, expected: string[], told: string[], isOpen: boolean, isHidden: boolean }

/** A client, with what it was told and what it should be. */
class Client {
  readonly subscriptions: Following[] = []
  readonly problems: string[] = []
  readonly #answers: unknown[][] = []
  readonly resyncs = { expected: 0, told: 0 }
  bell = 0
  readonly session: Session
  readonly place: number
  readonly socket: WebSocket

  constructor (session: Session, place: number, { url }: Emulator) {
    this.session = session
    this.place = place
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/connect`, 'rta.xboxlive.com.V2', { headers: { authorization: `XBL3.0 x=u;${session}` } })
    this.socket.on('message', (data) => { this.#read(JSON.parse(String(data))) })
  }

  get isOpen (): boolean { return this.socket.readyState === WebSocket.OPEN }

  #read (frame: any): void {
    const [type, subId, data] = frame
    if (type === 4) this.resyncs.told++
    if (type === 1 || type === 2) this.#answers.push(frame)
    if (type !== 3) return
    for (const { id, requirements: [{ current }] } of data.progression) {
      const subscription = this.subscriptions[subId]
      if (subId === 0) this.bell = Number(current)
      else if (subscription?.isOpen === true) subscription.told.push(`${id} ${current}`)
      else this.problems.push(`an event for ${subId}, which is not open`)
    }
  }

  async ask (message: unknown[]): Promise<unknown[]> {
    this.socket.send(JSON.stringify(message))
    while (this.#answers.length === 0) await once(this.socket, 'message')
    return this.#answers.shift() as unknown[]
  }
}

/** The emulators, and what there should be. */
class Run {
  readonly clients: Client[] = []
  readonly problems: string[] = []
  readonly #emulators: readonly Emulator[]
  readonly #privacy = new Map<string, Privacy>([[ANN, 'everyone'], [BOB, 'friendsOnly'], [CID, 'blocked']])
  readonly #percents = new Map<string, number>()
  #rung = 0

  constructor (emulators: readonly Emulator[]) { this.#emulators = emulators }

  #at (place: number): Emulator { return this.#emulators[place] as Emulator }

  #maySee ({ session }: Client, target: string): boolean {
    const xuid = SESSIONS[session]
    const privacy = this.#privacy.get(target)
    return xuid === target || privacy === 'everyone' || (privacy === 'friendsOnly' && target === BOB && xuid === ANN)
  }

  /** Waits until every client was told of all that was changed. */
  async settle (): Promise<void> {
    const percentComplete = this.#rung = this.#rung % 99 + 1
    this.#at(percentComplete % 2).unlock({ xuid: BELL, serviceConfigId: SCID, id: 1, percentComplete })
    for (const client of this.clients.filter(({ isOpen }) => isOpen)) while (client.bell !== percentComplete) await once(client.socket, 'message')
  }

  async take (each: Step): Promise<void> {
    if (each.do === 'connect') await this.#connect(each)
    else if (each.do === 'change') await this.#change(each.changes)
    else if (each.do === 'privacy') await this.#setPrivacy(each)
    else {
      const client = this.clients[each.client % this.clients.length]
      if (client?.isOpen === true) await this.#takeOf(client, each)
    }
  }

  async #takeOf (client: Client, each: Extract<Step, { client: number }>): Promise<void> {
    switch (each.do) {
      case 'cut':
        client.socket.terminate()
        await once(client.socket, 'close')
        for (const subscription of client.subscriptions) subscription.isOpen = false
        break
      case 'resync':
        // Others of the same user and process are told, too.
        for (const { session, place, isOpen, resyncs } of this.clients) if (isOpen && session === client.session && place === client.place) resyncs.expected++
        this.#at(client.place).rta.resync({ xuid: SESSIONS[client.session] })
        break
      case 'subscribe': {
        // The events may come right behind the answer.
        const isSeen = this.#maySee(client, each.user)
        const subscription = { user: each.user, expected: [], told: [], isOpen: true, isHidden: false }
        if (isSeen) client.subscriptions.push(subscription)
        this.#compare(await client.ask([1, 7, resourceOf(each.user)]), isSeen ? [1, 7, 0, client.subscriptions.length - 1, null] : [1, 7, 3, 0, null])
        break
      }
      case 'unsubscribe': {
        const subscription = client.subscriptions[each.subId]
        this.#compare(await client.ask([2, 8, each.subId]), [2, 8, subscription?.isOpen === true ? 0 : 1])
        if (subscription !== undefined) subscription.isOpen = false
      }
    }
  }

  async #connect ({ session, place }: Extract<Step, { do: 'connect' }>): Promise<void> {
    if (this.clients.length === 8) return
    const client = new Client(session, place, this.#at(place))
    this.clients.push(client)
    await once(client.socket, 'open')
    client.subscriptions.push({ user: BELL, expected: [], told: [], isOpen: true, isHidden: false })
    this.#compare(await client.ask([1, 0, resourceOf(BELL)]), [1, 0, 0, 0, null])
  }

  /** Changes of several users at the same time. */
  async #change (changes: Extract<Step, { do: 'change' }>['changes']): Promise<void> {
    const real = changes.filter(({ user, id, percent }) => (this.#percents.get(`${user} ${id}`) ?? 0) !== percent)
    const subscriptions = this.clients.flatMap((client) => client.subscriptions.map((subscription) => ({ client, subscription })))
    for (const { user, id, percent } of real) {
      this.#percents.set(`${user} ${id}`, percent)
      for (const { client, subscription: { user: followed, isOpen, expected } } of subscriptions) {
        if (isOpen && followed === user && this.#maySee(client, user)) expected.push(`${id} ${percent}`)
      }
    }
    await Promise.all(real.map(async ({ user, id, percent, place }) => {
      const { status } = await fetch(`${this.#at(place).url}/_emulator/users/${user}/achievements/${SCID}/${id}`, {
        method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ percentComplete: percent })
      })
      this.#compare(status, 200)
    }))
  }

  /** What was changed before is told first: who may see is decided when it is. */
  async #setPrivacy ({ user, privacy, place }: Extract<Step, { do: 'privacy' }>): Promise<void> {
    await this.settle()
    this.#privacy.set(user, privacy)
    this.#at(place).setPrivacy(user, privacy)
    await this.settle()
    for (const client of this.clients) {
      const same = client.subscriptions.filter((each) => each.user === user && each.isOpen)
      if (same.some(({ isHidden }) => isHidden) && this.#maySee(client, user)) client.resyncs.expected++
      for (const each of same) each.isHidden = !this.#maySee(client, user)
    }
  }

  #compare (found: unknown, wanted: unknown): void {
    if (JSON.stringify(found) !== JSON.stringify(wanted)) this.problems.push(`${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`)
  }

  /** What a subscription that has ended was told is where it ended on the way; all else is complete. */
  end (): string[] {
    for (const { isOpen, resyncs, problems, subscriptions, socket } of this.clients) {
      this.problems.push(...problems)
      if (isOpen) this.#compare(resyncs.told, resyncs.expected)
      for (const { isOpen, told, expected } of subscriptions) this.#compare(told, isOpen ? expected : expected.slice(0, told.length))
      socket.terminate()
    }
    return this.problems
  }
}

t.test('each connection is told what it should be, whichever process changes it: nothing is lost, doubled, out of order, or sent after the answer to an unsubscribe', async (t) => {
  const world = { ...WORLD, users: [...WORLD.users, { xuid: BELL, gamertag: 'bell' }] } as WorldInput
  const options = { database: join(t.testdir(), 'test.db'), world, dialect: 'live', crossUser: 'privacy' } as const
  const emulators = [await start(t, options), await start(t, options)]
  await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 20, maxLength: 60 }), async (steps) => {
    emulators[0]?.reset()
    const run = new Run(emulators)
    for (const each of steps) await run.take(each)
    await run.settle()
    const problems = run.end()
    if (problems.length > 0) t.strictSame(problems, [])
    return problems.length === 0
  }), { seed: 16, numRuns: 25, endOnFailure: true })
})
