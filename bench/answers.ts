import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { readConfig } from '../src/config/read-config.ts'
import type { Dialect } from '../src/model/dialect.ts'
import { buildApp } from '../src/server/app.ts'
import { openDatabase } from '../src/store/open.ts'
import { seed } from '../src/store/world/seed.ts'
import { readWorld } from '../src/world/read.ts'

/**
 * Holds every answer of the demo world against a recorded one, so that what makes the emulator
 * faster changes no byte: `node bench/answers.ts` compares, with `--record` it records them again.
 *
 * Each request is sent twice, so that an answer out of a cache is compared, too; writes between the
 * rounds show whether a cache outlives what it was made from.
 */
const RECORDED = 'bench/answers.txt'
const NOW = Date.UTC(2020, 5, 15, 12)

const GAMER = '2533274790412952'
const FRIEND = '2533274790412953'
const XUIDS = [GAMER, FRIEND, '2533274790412954', '1', 'x']
const SESSIONS = ['gamer', 'friend', 'stranger', 'site', 'titleless', 'anonymous', 'expired', 'nobody']
const LANGUAGES = [undefined, 'fr-CA', 'ja, de;q=0.5', 'xx']
const SAMPLE = 'b5dd9daf-0000-0000-0000-000000000000'
const LARGE = '7c1e4b02-93d5-4f6a-8e21-5ab0d9f3c764'

interface Ask {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly session: string
  readonly version?: string
  readonly language?: string | undefined
  readonly body?: object
}

const { titles } = readWorld('fixtures/demo.json')

function * lists (): Generator<Ask> {
  const titleIds = ['', ...titles.map(({ titleId }) => `titleId=${titleId}`), `titleId=${titles.map(({ titleId }) => titleId).join()}`]
  for (const order of ['', 'Unordered', 'Title', 'UnlockTime', 'EndingSoon', 'Nothing']) {
    for (const titleId of titleIds) {
      for (const rest of ['', 'types=Challenge', 'types=Persistent&maxItems=7', 'unlockedOnly=true', 'possibleOnly=true&skipItems=3', 'maxItems=1000', 'maxItems=0']) {
        for (const version of ['1', '2', '4']) {
          const query = [titleId, rest, order && `orderBy=${order}`].filter(Boolean).join('&')
          yield { url: `/users/xuid(${GAMER})/achievements?${query}`, session: 'titleless', version, language: LANGUAGES[query.length % 4] }
        }
      }
    }
  }
}

function * others (): Generator<Ask> {
  for (const session of SESSIONS) {
    for (const xuid of XUIDS) {
      for (const version of ['1', '2', '3', '5', '9', 'x']) {
        for (const path of ['achievements', 'history/titles', 'history/titles?orderBy=UnlockTime&maxItems=2', 'titleachievements?titleId=1297290392', 'titleachievements']) {
          yield { url: `/users/xuid(${xuid})/${path}`, session, version }
        }
      }
      for (const language of LANGUAGES) yield { url: `/users/xuid(${xuid})/achievements?maxItems=60`, session, version: '2', language }
    }
  }
}

function * singles (): Generator<Ask> {
  for (const { serviceConfigId, achievements } of titles) {
    for (const { id } of [...achievements, { id: 999 }]) {
      for (const session of ['gamer', 'friend', 'stranger', 'site', 'titleless']) {
        for (const [index, version] of ['1', '2', '4'].entries()) {
          yield { url: `/users/xuid(${XUIDS[id % 3]})/achievements/${serviceConfigId}/${id}`, session, version, language: LANGUAGES[(id + index) % 4] }
        }
      }
    }
  }
}

/** The hosts around the achievements: what each tells of a user, to each session. */
function * neighbours (): Generator<Ask> {
  const stats = titles.map(({ titleId }) => ({ name: 'MinutesPlayed', titleid: String(titleId) }))
  const groups = titles.map(({ titleId }) => ({ name: 'Hero', titleid: String(titleId) }))
  for (const session of SESSIONS) {
    for (const xuid of XUIDS) {
      const user = `/users/xuid(${xuid})`
      for (const [path, version] of [
        ['/titles/titlehistory/decoration/achievement,image,scid,detail', '2'], ['/titles/titleid(1660944384)/decoration/achievement,productId', '2'], ['/profile/settings?settings=Gamertag,Gamerscore,GameDisplayPicRaw,Bio', '2'],
        ['?level=all', '3'], ['/people/social/decoration/detail,preferredColor,presenceDetail', '3'], ['/people/social/decoration/detail', '5'], ['/people/friends', '7'], ['/summary', '2'], ['/people?view=all', '1'],
        [`/scids/${LARGE}/stats/MinutesPlayed,LampsLit`, '1'], [`/scids/${LARGE}/stats/MinutesPlayed,LampsLit`, '2']
      ] as const) yield { url: `${user}${path}`, session, version }
      yield { url: `/users/me/permission/validate?setting=ViewTargetGameHistory&target=xuid(${xuid})`, session }
      yield { method: 'POST', url: '/batch', session, version: '2', body: { arrangebyfield: 'xuid', xuids: [xuid], stats, groups } }
      yield { method: 'POST', url: '/users/batch/profile/settings', session, version: '2', body: { userIds: [xuid], settings: ['Gamertag', 'Gamerscore'] } }
    }
    for (const path of titles.map(({ titleId }) => `/titles/titleid(${titleId})/decoration/achievement,detail,image`)) yield { url: path, session, version: '2' }
  }
}

function * writes (): Generator<Ask> {
  const update = (id: number, percentComplete: number): Ask => ({
    method: 'POST',
    url: `/users/xuid(${GAMER})/achievements/${LARGE}/update`,
    session: 'titleless',
    version: '2',
    body: { action: 'progressUpdate', serviceConfigId: LARGE, titleId: 1660944384, userId: GAMER, achievements: [{ id: String(id), percentComplete }] }
  })
  for (const [id, percent] of [[9, 100], [10, 55], [10, 30], [11, 100], [999, 1]] as const) yield update(id, percent)
  yield { method: 'PUT', url: `/_emulator/users/${FRIEND}/achievements/${SAMPLE}/3`, session: '', body: {} }
  yield { method: 'PUT', url: `/_emulator/users/${GAMER}/privacy`, session: '', body: { privacy: 'everyone' } }
}

/** Real-Time Activity, but for what is different each time: nonces, ids of endpoints, and what a WebSocket is answered. */
function * realTime (): Generator<Ask> {
  const endpoint = { systemId: 's', endpointUri: `https://notify.xboxlive.com/users/xuid(${GAMER})/deviceId/current/titleId/1660944384`, platform: 'Win32', transport: 'RTA', locale: 'en', titleId: 1 }
  for (const session of ['', ...SESSIONS]) {
    for (const url of ['/connect', '/connect?nonce=x', '/connect?nonce=x%3D', '/connect?nonce=x=', '/connect?nonce=x&nonce=y', '/connected']) yield { url, session }
    for (const version of ['1', '7', 'x']) {
      for (const body of [{}, endpoint, { ...endpoint, filters: [] }, { ...endpoint, endpointUri: 'x', filters: [] }]) yield { method: 'POST', url: '/system/notifications/endpoints', session, version, body }
      yield { method: 'DELETE', url: '/system/notifications/endpoints/x', session, version }
    }
  }
  for (const url of ['/rta', `/rta?xuid=${GAMER}`, '/rta?xuid=nobody', '/rta?limit=0', '/rta/endpoints', '/rta/faults', '/requests/frames', '/requests/frames?type=x', '/events?kinds=x']) yield { url: `/_emulator${url}`, session: '' }
  for (const [url, body] of [['/resync', {}], ['/resync', { more: 1 }], ['/close', { code: null }], ['/close', { code: 1006 }], ['/faults', { on: 'subscribe', code: 1001, seed: 1 }], ['/faults', { on: 'event' }]] as const) yield { method: 'POST', url: `/_emulator/rta${url}`, session: '', body }
  for (const id of [1, 2]) yield { method: 'DELETE', url: `/_emulator/rta/faults/${id}`, session: '' }
}

const ROUNDS = [lists, others, singles, writes, lists, others, singles, neighbours, realTime]

/** A request, and the hash of its answer. */
type Answer = readonly [asked: string, hash: string]

async function askAll (dialect: Dialect): Promise<Answer[]> {
  const database = openDatabase(':memory:')
  seed(database, readWorld('fixtures/demo.json'), 'demo')
  const { app } = buildApp(readConfig({ dialect, logLevel: 'silent' }), { database, clock: { now: () => NOW } })
  const send = async ({ method = 'GET', url, session, version, language, body }: Ask): Promise<string> => {
    const { statusCode, headers, body: text } = await app.inject({
      method,
      url,
      headers: {
        ...session !== '' && { authorization: `XBL3.0 x=demo;${session}` },
        ...version !== undefined && { 'x-xbl-contract-version': version },
        ...language !== undefined && { 'accept-language': language }
      },
      ...body && { payload: body }
    })
    const { date: _date, 'ms-cv': _vector, ...told } = headers
    return JSON.stringify([statusCode, told, text.replace(/"traceInformation":"[^"]*"/, '')])
  }
  const answers: Answer[] = []
  for (const round of ROUNDS) {
    for (const ask of round()) {
      const first = await send(ask)
      answers.push([`${dialect} ${JSON.stringify(ask)}`, hash(first)])
      if (ask.method === undefined && await send(ask) !== first) throw new Error(`${JSON.stringify(ask)} is answered in another way the second time`)
      const token = ask.method === undefined ? /"continuationToken":"([^"]+)"/.exec(first.replaceAll('\\"', '"'))?.[1] : undefined
      if (token !== undefined) answers.push([`${dialect} ${JSON.stringify(ask)} and on`, hash(await send({ ...ask, url: `${ask.url}${ask.url.includes('?') ? '&' : '?'}continuationToken=${token}` }))])
    }
  }
  await app.close()
  database.close()
  return answers
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 10)

const answers = [...await askAll('documented'), ...await askAll('live')]
if (process.argv.includes('--record')) {
  writeFileSync(RECORDED, answers.map(([, hash]) => `${hash}\n`).join(''))
  process.stdout.write(`${answers.length} answers are recorded in ${RECORDED}\n`)
} else {
  const recorded = readFileSync(RECORDED, 'utf8').trimEnd().split('\n')
  const different = answers.filter(([, hash], index) => hash !== recorded[index])
  for (const [asked] of different.slice(0, 10)) process.stdout.write(`differs: ${asked}\n`)
  process.stdout.write(`${answers.length - different.length} of ${recorded.length} recorded answers are the same\n`)
  process.exitCode = different.length === 0 && answers.length === recorded.length ? 0 : 1
}
