import type { LightMyRequestResponse } from 'fastify'
import { readConfig } from '../../src/config/read-config.ts'
import { buildApp } from '../../src/server/app.ts'
import { openDatabase } from '../../src/store/open.ts'
import { seed } from '../../src/store/world/seed.ts'
import { mergeWorlds } from '../../src/world/read.ts'
import type { Part, Run } from '../part.ts'
import { Random } from '../random.ts'
import { doesShow, isNeighbour } from './neighbours.ts'
import { judge, NOW, type Rules, type Verdict } from './oracle.ts'
import { makeQuestion, writeQuestion, type Question } from './questions.ts'
import { ABSENT_GUID, ABSENT_XUID, makeWorld, type AccessWorld } from './world.ts'

/** How many decisions are made with one world and one configuration. */
const OF_A_WORLD = 500
const RULES: readonly Rules[] = (['documented', 'live'] as const).flatMap((dialect) => (['documented', 'strict', 'privacy'] as const).map((crossUser) => ({ dialect, crossUser })))

type Request = ReturnType<typeof writeQuestion>
type Ask = (request: Request) => Promise<LightMyRequestResponse>
/** Serves a world: with an emulator, or, in a test, with something else. */
export type Serve = (world: AccessWorld, rules: Rules) => { ask: Ask, close: () => Promise<void> }

/** An emulator without a network. */
export const serve: Serve = (world, rules) => {
  const database = openDatabase(':memory:')
  seed(database, mergeWorlds([{ file: 'world', document: structuredClone(world) }]), 'torture')
  const { app } = buildApp(readConfig({ logLevel: 'silent', journal: 0, ...rules }), { database, clock: { now: () => Date.parse(NOW) } })
  return {
    ask: async (request) => await app.inject(request),
    close: async () => {
      await app.close()
      database.close()
    }
  }
}

/** Asks emulator and oracle random questions, and compares their answers. */
export async function access (run: Run, start: Serve = serve): Promise<void> {
  for (let at = run.from; at < run.to && !run.signal.aborted;) {
    const index = Math.floor(at / OF_A_WORLD)
    const end = Math.min(run.to, (index + 1) * OF_A_WORLD)
    const rules = RULES[index % RULES.length] as Rules
    const world = makeWorld(new Random(run.seed ^ 0xACCE55, index))
    const { ask, close } = start(world, rules)
    for (; at < end; at++) await decide(run, at, { world, rules, ask })
    await close()
    run.reached(at)
  }
}

export const accessPart: Part = {
  name: 'access',
  what: 'access decisions against an oracle',
  goal: '500,000, 0 wrong, blocked and absent alike to the byte',
  unit: 'decisions',
  amount: 500_000,
  run: access
}

async function decide ({ seed, book }: Run, number: number, { world, rules, ask }: { world: AccessWorld, rules: Rules, ask: Ask }): Promise<void> {
  const question = makeQuestion(world, new Random(seed, number))
  const expected = judge(world, question, rules)
  const answer = await ask(writeQuestion(question))
  // Whether an update changes something does not concern access.
  const status = question.route === 'update' && answer.statusCode === 304 ? 200 : answer.statusCode
  book.count(`${expected.status}`)
  const again = `npm run torture -- --only access --seed ${seed} --from ${number} --decisions 1`
  const what = `${question.route}, ${rules.dialect}, ${rules.crossUser}`
  if (status !== expected.status) {
    book.fail(`${what}: ${status} in the place of ${expected.status}`, `${again}: ${JSON.stringify(writeQuestion(question))} ${answer.body.slice(0, 200)}`)
  } else if (answer.headers.location !== expected.location) {
    book.fail(`${what}: another Location`, `${again}: ${answer.headers.location} in the place of ${expected.location}`)
  } else if (isNeighbour(question.route) && expected.shows !== undefined && doesShow(question.route, JSON.parse(answer.body)) !== expected.shows) {
    book.fail(`${what}: ${expected.shows ? 'nothing is shown to who may look' : 'something is shown to who may not look'}`, `${again}: ${JSON.stringify(writeQuestion(question))} ${answer.body.slice(0, 200)}`)
  } else if (expected.hides !== undefined) {
    book.count(`compared with what does not exist (${expected.hides})`)
    const absent = await ask(writeQuestion(withAbsent(question, expected.hides)))
    if (visible(absent) !== visible(answer)) book.fail(`${what}: what is hidden differs from what does not exist`, `${again}: ${visible(answer)} and ${visible(absent)}`)
  }
}

function withAbsent (question: Question, hides: Exclude<Verdict['hides'], undefined>): Question {
  if (hides === 'user') return { ...question, xuid: ABSENT_XUID, isMe: false, body: { ...question.body, userId: ABSENT_XUID } }
  return { ...question, scid: ABSENT_GUID, body: { ...question.body, serviceConfigId: ABSENT_GUID } }
}

/** What a caller sees of an answer, without what differs each time. */
export function visible ({ statusCode, headers, body }: Pick<LightMyRequestResponse, 'statusCode' | 'headers' | 'body'>): string {
  const { date, 'ms-cv': vector, ...rest } = headers
  // A neighbour repeats the XUID that it was asked for.
  return JSON.stringify([statusCode, rest, body.replace(/"traceInformation":"[^"]*"/, '"traceInformation":""').replaceAll(/"25332747\d{8}"/g, '"xuid"')])
}
