import type { Services } from '../http/services.ts'
import type { Cast } from './cast.ts'
import * as demo from './examples.ts'
import type { Exchange } from './exchange.ts'

/** What stands for a part of the demo world. */
interface Stand {
  readonly text: string
  /** `own`: the world has it. `placeholder`: it does not, and the example is shown without. `missing`: without it there is no example. */
  readonly is: 'own' | 'placeholder' | 'missing'
}

/** An example in the words of a world. */
export interface RecastExchange extends Exchange {
  /** True when it names what is in no world: nothing is known of its answer. */
  readonly isPlaceholder: boolean
}

/** Puts an example, written of the demo world, into the words of another one; undefined when that has not all that it takes. */
export type Recast = (exchange: Exchange) => RecastExchange | undefined

/** The examples of the demo world itself, as an emulator has them that is asked under an origin. */
export const asWritten = (origin: string): Recast => (exchange) =>
  ({ ...mapTexts(exchange, '', (text) => text.replaceAll(demo.EXAMPLE_ORIGIN, origin)) as Exchange, isPlaceholder: false })

/**
 * Makes a function that puts examples into the words of a world. Ids and tokens are exchanged wherever they stand, short words where
 * they are all of a value. Of the answers those of refusals remain: the others would have to be the world's.
 */
export function createRecast (cast: Cast, { store, origin }: {
  /** Null: nothing of the world may be told; all that it may be missing is shown as placeholders. */
  readonly store: Services['store'] | null
  readonly origin: string
}): Recast {
  const anywhere = new Map(Object.entries(partsOf(cast, origin)))
  const pattern = new RegExp([...anywhere.keys()].map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|'), 'g')
  const whole = new Map(Object.entries(standsOfWords(cast, store)))
  return ({ elsewhere = {}, answer, ...written }) => {
    if (elsewhere === null) return undefined
    const exchange = { ...written, ...elsewhere, ...(elsewhere.status ?? written.status) >= 400 && { answer } }
    const isOfAchievement = JSON.stringify(exchange).includes(demo.SCID)
    const stands: Stand[] = []
    const use = (stand: Stand): string => {
      stands.push(stand)
      return stand.text
    }
    const recast = mapTexts(exchange, '', (text, member) => {
      const word = whole.get(`${member}:${text}`) ?? whole.get(text) ?? (isOfAchievement ? achievementsOf(cast).get(`${member}:${text}`) : undefined)
      return word === undefined ? text.replace(pattern, (part) => use(anywhere.get(part) as Stand)) : use(word)
    }) as Exchange
    if (store !== null && stands.some(({ is }) => is === 'missing')) return undefined
    return { ...recast, isPlaceholder: store === null || stands.some(({ is }) => is === 'placeholder') }
  }
}

/** Ids of no world. */
const XUIDS = { user: '2533274790000001', friend: '2533274790000002', hidden: '2533274790000003' }
const SCIDS = { title: '00000000-0000-0000-0000-0000000004d2', moved: '00000000-0000-0000-0000-0000000004d3' }

const ownStand = (text: string | number): Stand => ({ text: String(text), is: 'own' })
/** What is shown in any case. */
const shownStand = (text: string | number | undefined, placeholder: string): Stand => text === undefined ? { text: placeholder, is: 'placeholder' } : ownStand(text)
/** What an example is left out without. */
const neededStand = (text: string | number | undefined, placeholder: string): Stand => text === undefined ? { text: placeholder, is: 'missing' } : ownStand(text)

/** What stands for ids and tokens of the demo world, wherever they are in a text. */
function partsOf ({ user, friend, hidden, title, xbox360, session }: Cast, origin: string): Record<string, Stand> {
  const authorization = shownStand(session && `XBL3.0 x=${session.userHash};${session.token}`, 'XBL3.0 x=<userhash>;<token>')
  const titleId = shownStand(title?.titleId, '1234')
  return {
    [demo.EXAMPLE_ORIGIN]: ownStand(origin),
    [demo.AS_GAMER]: authorization,
    [demo.AS_TITLELESS]: authorization,
    [demo.AS_DEVELOPER]: neededStand(undefined, 'XBL3.0 x=-;<token>'),
    [demo.GAMER]: shownStand(user?.xuid, XUIDS.user),
    [demo.FRIEND]: neededStand(friend?.xuid, XUIDS.friend),
    [demo.STRANGER]: neededStand(hidden?.xuid, XUIDS.hidden),
    [demo.TITLE]: titleId,
    [demo.GAMERS_TITLE]: titleId,
    [demo.SCID]: shownStand(title?.serviceConfigId, SCIDS.title),
    [demo.MOVED_SCID]: neededStand(undefined, SCIDS.moved),
    [demo.RETIRED_SCID]: shownStand(title?.serviceConfigId, SCIDS.title),
    [demo.XBOX_360_TITLE]: neededStand(xbox360?.titleId, '1234')
  }
}

/** What stands for short words of the demo world that are all of a value; behind the name of a member those that mean something there alone. */
function standsOfWords ({ user, friend, hidden, friendsSession, userKey }: Cast, store: Services['store'] | null): Record<string, Stand> {
  const { text: xuid, is } = shownStand(user?.xuid, XUIDS.user)
  const absent = (text: string, isThere: (store: Services['store']) => boolean): Stand => neededStand(store !== null && isThere(store) ? undefined : text, text)
  const isNobody = ({ people }: Services['store']): boolean => people.findXuid('nobody') !== undefined
  return {
    gamer: { text: xuid, is },
    'd=gamer': { text: `d=${xuid}`, is },
    't=gamer': { text: `t=${xuid}`, is },
    friend: neededStand(friend?.xuid, XUIDS.friend),
    Stranger: neededStand(hidden?.xuid, XUIDS.hidden),
    'userHash:demo': neededStand(friendsSession?.userHash, '<userhash>'),
    'token:friend': neededStand(friendsSession?.token, '<token>'),
    'user-key:demo': neededStand(userKey, '<key>'),
    ...Object.fromEntries(['nobody', 'd=nobody', 'gt(nobody)'].map((text) => [text, absent(text, isNobody)])),
    newcomer: absent('newcomer', ({ people }) => people.findXuid('newcomer') !== undefined),
    [`xuid:${demo.NEWCOMER}`]: absent(demo.NEWCOMER, ({ people }) => people.find(demo.NEWCOMER) !== undefined),
    'xuid:1': absent('1', ({ people }) => people.find('1') !== undefined),
    'titleId:1': absent('1', ({ catalogue }) => catalogue.hasTitle(1))
  }
}

/** What stands for the achievements of the demo world's large title, where an example is about it. */
const achievementsOf = ({ achievementId, unlockedId, reportableId }: Cast): Map<string, Stand> => new Map(['id', 'achievementid'].flatMap((member) => [
  [`${member}:1`, shownStand(achievementId, '1')],
  [`${member}:3`, neededStand(unlockedId, '1')],
  [`${member}:9`, neededStand(reportableId, '1')]
] as const))

/** Changes every text of a JSON value, and every number that changes as a text does. @param member the name of the nearest member around it. */
function mapTexts (value: unknown, member: string, change: (text: string, member: string) => string): unknown {
  if (typeof value === 'string') return member === 'summary' ? value : change(value, member)
  if (typeof value === 'number') return changeNumber(value, change(String(value), member))
  if (Array.isArray(value)) return value.map((entry) => mapTexts(entry, member, change))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, mapTexts(entry, name, change)]))
}

const changeNumber = (number: number, text: string): number => String(number) === text ? number : Number(text)
