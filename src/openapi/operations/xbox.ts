import { Type, type TSchema } from '@sinclair/typebox'
import type { Dialect } from '../../model/dialect.ts'
import { cacheHeadersOf, type AchievementRoute } from '../../xbox/answers/cache-headers.ts'
import { LiveTitleHistory, RarityTitleHistory, TitleHistory } from '../../xbox/answers/schemas-history.ts'
import { AchievementPageV1, LiveTitleHistoryV1, RarityPageV1, RarityTitleHistoryV1, TitleHistoryV1 } from '../../xbox/answers/schemas-v1.ts'
import { AchievementPage, LiveAchievementPage, LiveRarityPage, SingleAchievement } from '../../xbox/answers/schemas-v2.ts'
import { UpdateBody } from '../../xbox/request/update-body.ts'
import * as demo from '../examples.ts'
import type { Exchange } from '../exchange.ts'
import type { OperationsByRoute } from '../operation.ts'
import { ACHIEVEMENT_FILTERS, achievementIdParameter, HISTORY_FILTERS, HISTORY_ORDER_BY, pagingParameters, scidParameter, TITLE_IDS, userParameters, xboxHeaders } from '../parameters.ts'
import { xboxRefusals } from '../refusals.ts'

type ByDialect<T> = Readonly<Record<Dialect, T>>

const VERSIONS: ByDialect<string> = {
  documented: '2: titles of Xbox One and later (V2). Anything else: Xbox 360 titles (V1).',
  live: '2: titles of Xbox One and later (V2); 4 and 5: with rarity. 1, and what is no number: Xbox 360 titles (V1); 3: their catalogue with rarity. Others: 406.'
}
const SINGLE_VERSIONS: ByDialect<string> = { documented: 'Any: there is one answer for all.', live: VERSIONS.live }
const V1_VERSIONS: ByDialect<string> = { documented: 'Anything but 2.', live: '1, and what is no number; 3: with rarity. Others: 406.' }

const PAGES: ByDialect<TSchema> = {
  documented: Type.Union([AchievementPage, AchievementPageV1]),
  live: Type.Union([LiveAchievementPage, LiveRarityPage, AchievementPageV1, RarityPageV1])
}
const SINGLES: ByDialect<TSchema> = { documented: SingleAchievement, live: PAGES.live }
const CATALOGUES: ByDialect<TSchema> = { documented: AchievementPageV1, live: Type.Union([AchievementPageV1, RarityPageV1]) }
const HISTORIES: ByDialect<TSchema> = {
  documented: Type.Union([TitleHistory, TitleHistoryV1]), live: Type.Union([LiveTitleHistory, RarityTitleHistory, LiveTitleHistoryV1, RarityTitleHistoryV1])
}

const V1_HEADER = { 'x-xbl-contract-version': '1' }
const V2_HEADER = { 'x-xbl-contract-version': '2' }
const asGamer = { params: { xuid: demo.GAMER }, headers: V2_HEADER, authorization: demo.AS_GAMER } as const

/** The headers of an answer with achievements, each with its value or a description of it. */
function achievementHeaders (dialect: Dialect, route: AchievementRoute): Readonly<Record<string, string>> {
  const { 'cache-control': cacheControl, expires, vary } = cacheHeadersOf({ dialect, allowedOrigins: null }, route)
  return {
    'Content-Language': 'The languages of the texts.',
    Vary: vary,
    'Cache-Control': cacheControl,
    ...expires !== undefined && { Expires: expires }
  }
}

const refusedXuid = (dialect: Dialect): Exchange => ({
  ...asGamer,
  summary: 'A XUID that is none',
  params: { xuid: 'somebody' },
  status: 400,
  answer: demo.refusal(dialect, 4000, 'The XUID is "somebody"; expected an unsigned 64-bit integer in decimal.')
})

const asTitle = { params: { xuid: demo.GAMER, scid: demo.SCID }, headers: V2_HEADER, authorization: demo.AS_TITLELESS } as const

/** The operations of the Xbox routes. They only describe: xbox/request/ reads the requests. */
export const XBOX_OPERATIONS: OperationsByRoute = {
  'GET /users/xuid({xuid})/achievements': (dialect) => ({
    id: 'listAchievements',
    summary: 'Lists achievements',
    description: 'What a user has unlocked, has begun and can still do, of every title in the sandbox of the token or of those that `titleId` names. Under V1: what the user has earned; in the live dialect, contract version 3 has the catalogue instead.',
    params: userParameters(dialect),
    query: { ...TITLE_IDS, ...ACHIEVEMENT_FILTERS, ...pagingParameters(dialect) },
    headers: xboxHeaders(VERSIONS[dialect]),
    answers: { 200: { description: 'A page of the list.', body: PAGES[dialect], headers: achievementHeaders(dialect, 'achievements') }, ...xboxRefusals(dialect) },
    exchanges: {
      unlocked: {
        ...asGamer,
        summary: 'The third one that the gamer has unlocked in a title',
        query: { titleId: demo.TITLE, types: 'Persistent', unlockedOnly: 'true', orderBy: 'Unordered', maxItems: '1', skipItems: '2' },
        status: 200,
        answer: demo.LIST_PAGE[dialect],
        elsewhere: { summary: 'What a title has', query: { titleId: demo.TITLE, maxItems: '10' } }
      },
      xbox360: { ...asGamer, summary: 'Contract version 1: Xbox 360 titles', query: { maxItems: '1' }, headers: V1_HEADER, status: 200, answer: demo.earned(dialect) },
      invalidXuid: refusedXuid(dialect),
      noToken: {
        summary: 'No token',
        params: { xuid: demo.GAMER },
        status: 401,
        answer: dialect === 'documented'
          ? demo.refusal(dialect, 4500, 'The Authorization header is missing; expected "XBL3.0 x=<userhash>;<token>".')
          : demo.refusal(dialect, 23, 'No valid claims were found on the request.')
      },
      stranger: {
        ...asGamer,
        summary: 'Somebody else\'s list',
        params: { xuid: demo.STRANGER },
        status: 403,
        answer: dialect === 'documented'
          ? demo.refusal(dialect, 8377, 'XUID specified in the claim does not match URI XUID.')
          : demo.refusal(dialect, 4500, 'The privacy setting of the user in the path does not let the caller see its achievements.')
      }
    }
  }),

  'GET /users/xuid({xuid})/achievements/{scid}/{achievementid}': (dialect) => ({
    id: 'getAchievement',
    summary: 'Reads one achievement',
    description: 'Of the caller, or of another user whose privacy setting allows it.',
    params: { ...userParameters(dialect), scid: scidParameter, achievementid: achievementIdParameter },
    headers: xboxHeaders(SINGLE_VERSIONS[dialect]),
    answers: { 200: { description: dialect === 'documented' ? 'The achievement.' : 'A list of one.', body: SINGLES[dialect], headers: achievementHeaders(dialect, 'achievement') }, ...xboxRefusals(dialect, 301, 307, 410) },
    exchanges: {
      unlocked: { ...asGamer, summary: 'One that the gamer has unlocked', params: { xuid: demo.GAMER, scid: demo.SCID, achievementid: '3' }, status: 200, answer: demo.SINGLE[dialect], elsewhere: { summary: 'One of a title', params: { xuid: demo.GAMER, scid: demo.SCID, achievementid: '1' } } },
      moved: {
        ...asGamer,
        summary: 'One that has moved',
        params: { xuid: demo.GAMER, scid: demo.MOVED_SCID, achievementid: '1' },
        status: 301,
        answer: demo.refusalByStatus(dialect, 301, `The service configuration has moved to /users/xuid(${demo.GAMER})/achievements/${demo.SCID}/1.`)
      },
      unknown: { ...asGamer, summary: 'One that does not exist', params: { xuid: demo.GAMER, scid: demo.SCID, achievementid: '999' }, status: 404, answer: demo.refusalByStatus(dialect, 404, 'The service configuration has no achievement 999.') },
      retired: { ...asGamer, summary: 'One that is retired', params: { xuid: demo.GAMER, scid: demo.RETIRED_SCID, achievementid: '1' }, status: 410, answer: demo.refusalByStatus(dialect, 410, 'The service configuration is retired.'), elsewhere: null }
    }
  }),

  'POST /users/xuid({xuid})/achievements/{scid}/update': (dialect) => ({
    id: 'updateAchievements',
    summary: 'Reports progress',
    description: 'What a title reports of its user. Progress only grows; 100 percent or more unlocks. One achievement that cannot be changed refuses all of them.',
    params: { ...userParameters(dialect), scid: scidParameter },
    headers: xboxHeaders('2 alone.'),
    body: UpdateBody,
    answers: {
      200: { description: 'Something has changed.' },
      304: { description: 'Nothing has changed: the user is as far as that.' },
      ...xboxRefusals(dialect, 301, 307, 410, 413)
    },
    exchanges: {
      further: { ...asTitle, summary: 'Further than before', body: demo.UPDATE, status: 200 },
      noFurther: { ...asTitle, summary: 'No further than before', body: { ...demo.UPDATE, achievements: [{ id: '9', percentComplete: 50 }] }, status: 304, elsewhere: { body: { ...demo.UPDATE, achievements: [{ id: '3', percentComplete: 50 }] } } },
      unknown: { ...asTitle, summary: 'An achievement that does not exist', body: { ...demo.UPDATE, achievements: [{ id: '999', percentComplete: 50 }] }, status: 404, answer: demo.refusalByStatus(dialect, 404, 'The service configuration has no achievement 999.') }
    }
  }),

  'GET /users/xuid({xuid})/titleachievements': (dialect) => ({
    id: 'listTitleAchievements',
    summary: 'Lists what an Xbox 360 title has',
    description: 'The catalogue of the titles that `titleId` names, always as locked.',
    params: userParameters(dialect),
    query: { ...TITLE_IDS, ...ACHIEVEMENT_FILTERS, ...pagingParameters(dialect) },
    headers: xboxHeaders(V1_VERSIONS[dialect]),
    answers: { 200: { description: 'A page of the catalogue.', body: CATALOGUES[dialect], headers: achievementHeaders(dialect, 'titleachievements') }, ...xboxRefusals(dialect) },
    exchanges: {
      first: { ...asGamer, summary: 'The first one of a title', query: { titleId: demo.XBOX_360_TITLE, maxItems: '1' }, headers: V1_HEADER, status: 200, answer: demo.catalogue(dialect) },
      noTitle: {
        ...asGamer, summary: 'No title', headers: V1_HEADER, status: 400, answer: demo.refusal(dialect, 4000, 'titleId is missing; expected the decimal title id whose achievements to list.')
      }
    }
  }),

  'GET /users/xuid({xuid})/history/titles': (dialect) => ({
    id: 'listTitleHistory',
    summary: 'Lists the titles that a user has played',
    description: dialect === 'live'
      ? 'Under V2 those in which something is unlocked, by title id; under V1 every one, last played first.'
      : 'Under V2 those in which something is unlocked or begun, by title id; under V1 every one, last played first. Privacy decides who may read it.',
    params: userParameters(dialect),
    query: { ...TITLE_IDS, ...HISTORY_FILTERS, ...HISTORY_ORDER_BY, ...pagingParameters(dialect) },
    headers: xboxHeaders(VERSIONS[dialect]),
    answers: { 200: { description: 'A page of the history.', body: HISTORIES[dialect] }, ...xboxRefusals(dialect) },
    exchanges: {
      latest: { ...asGamer, summary: 'The title of the newest unlock', query: { orderBy: 'UnlockTime', maxItems: '1' }, status: 200, answer: demo.history(dialect) },
      invalidXuid: refusedXuid(dialect)
    }
  })
}
