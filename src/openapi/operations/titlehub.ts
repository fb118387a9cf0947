import { Type, type TSchema } from '@sinclair/typebox'
import { string } from '../../http/answer-schema.ts'
import type { Dialect } from '../../model/dialect.ts'
import { DECORATIONS, MOST_HUB_TITLES, TitleBatchBody } from '../../neighbours/titlehub-request.ts'
import { HubTitles } from '../../neighbours/titlehub-schemas.ts'
import * as demo from '../examples.ts'
import type { Answer, OperationsByRoute } from '../operation.ts'
import { pathUserParameter } from '../parameters.ts'
import { neighbourRefusals } from '../refusals.ts'

const decorations = string(`What to tell besides, comma-delimited, in any letter case: ${DECORATIONS.join(', ')}. Others are ignored.`)
const PLAYED_MONIKER = string('`titlehistory`: what the user has played; `titleid(…)`: the title with this decimal id; `pfn(…)`: the one with this package family name. The words are matched in any letter case.')
const NAMED_MONIKER = string('`titleid(…)`: the title with this decimal id; `pfn(…)`: the one with this package family name.')

const hubHeaders: Readonly<Record<string, TSchema>> = {
  'x-xbl-contract-version': Type.Integer({ minimum: 0, maximum: 4294967295, description: '2; every other number and none are as 2.' }),
  'Accept-Language': string('Ignored: titles have the name that the world gives.')
}

const query = {
  maxItems: Type.Integer({ minimum: 1, maximum: 2147483647, description: `How many titles of a history to tell of at most: ${MOST_HUB_TITLES} when absent or more. There are no further pages.` })
}

const titles: Answer = { description: 'The titles. Of a user whom the caller may not read, or who does not exist, there are none.', body: HubTitles }
const of = (dialect: Dialect, ...others: number[]) => ({ 200: titles, ...neighbourRefusals(dialect, 404, ...others) })
const byGamer = { headers: { 'x-xbl-contract-version': '2' }, authorization: demo.AS_GAMER } as const

/** The title that a package family name of the demo world is one of. */
const LANTERN = {
  titleId: demo.TITLE,
  pfn: 'Merrow.LanternArchipelago_k7v2m9q4x1c3g',
  bingId: null,
  serviceConfigId: demo.SCID,
  windowsPhoneProductId: null,
  name: 'Lantern Archipelago',
  type: 'Game',
  devices: ['XboxOne', 'XboxSeries', 'PC'],
  displayImage: `http://localhost:80/pictures/${demo.SCID}/LA.svg`,
  mediaItemType: 'Application',
  modernTitleId: demo.TITLE,
  isBundle: false,
  achievement: null,
  stats: null,
  gamePass: null,
  images: null,
  titleHistory: null,
  titleRecord: null,
  detail: null,
  friendsWhoPlayed: null,
  alternateTitleIds: null,
  contentBoards: null,
  xboxLiveTier: 'Full',
  isStreamable: true
}

const NO_TITLES = { xuid: demo.STRANGER, titles: [] }

/** The operations of titlehub.xboxlive.com. They only describe: neighbours/ reads the requests. */
export const TITLEHUB_OPERATIONS: OperationsByRoute = {
  'GET /users/{user}/titles/{moniker}/decoration/{decorations}': (dialect) => ({
    id: 'listHubTitles',
    summary: 'Lists titles that a user has played',
    description: 'titlehub.xboxlive.com. All of them, the last played first, or one. `/users/gt(…)/…` names a user by gamertag, `/users/me/…` is the user of the token.',
    params: { user: pathUserParameter, moniker: PLAYED_MONIKER, decorations },
    query,
    headers: hubHeaders,
    answers: of(dialect),
    exchanges: {
      hidden: {
        ...byGamer,
        summary: 'A user who hides it',
        params: { user: `xuid(${demo.STRANGER})`, moniker: 'titlehistory', decorations: 'achievement,image,scid' },
        query: { maxItems: '5' },
        status: 200,
        answer: NO_TITLES
      },
      moniker: {
        ...byGamer,
        summary: 'A word that is none',
        params: { user: `xuid(${demo.GAMER})`, moniker: 'history', decorations: 'achievement' },
        status: 400,
        answer: demo.refusal(dialect, 4000, 'Moniker not valid: found "history", expected titlehistory, titleid(…) or pfn(…).')
      }
    }
  }),

  'POST /users/{user}/titles/batch/decoration/{decorations}': (dialect) => ({
    id: 'findUserHubTitles',
    summary: 'Tells of titles that are named, and of what a user has done in them',
    description: 'titlehub.xboxlive.com. Titles that are not known are left out; 404 when package family names are all that is asked for, and none is known.',
    params: { user: pathUserParameter, decorations },
    headers: hubHeaders,
    body: TitleBatchBody,
    answers: of(dialect, 413),
    exchanges: {
      unknown: {
        ...byGamer, summary: 'A title that does not exist', params: { user: `xuid(${demo.GAMER})`, decorations: 'GamePass,Achievement,Stats' }, body: { pfns: null, titleids: ['1'] }, status: 200, answer: { xuid: demo.GAMER, titles: [] }
      }
    }
  }),

  'GET /titles/{moniker}/decoration/{decorations}': (dialect) => ({
    id: 'getHubTitle',
    summary: 'Tells of a title',
    description: 'titlehub.xboxlive.com. Nobody has played it here: all progress is 0.',
    params: { moniker: NAMED_MONIKER, decorations },
    headers: hubHeaders,
    answers: of(dialect),
    exchanges: {
      unknown: {
        ...byGamer,
        summary: 'A package family name that no title has',
        params: { moniker: 'pfn(Nobody.Nothing_8wekyb3d8bbwe)', decorations: 'detail' },
        status: 404,
        answer: demo.refusalByStatus(dialect, 404, 'No title that is published in the sandbox of the token has the package family name.')
      }
    }
  }),

  'POST /titles/batch/decoration/{decorations}': (dialect) => ({
    id: 'findHubTitles',
    summary: 'Tells of titles that are named',
    description: 'titlehub.xboxlive.com. By package family name, as clients find the title id of a game on a PC, or by title id.',
    params: { decorations },
    headers: hubHeaders,
    body: TitleBatchBody,
    answers: of(dialect, 413),
    exchanges: {
      game: {
        ...byGamer,
        summary: 'The title id of a game on a PC',
        params: { decorations: 'scid' },
        body: { pfns: [LANTERN.pfn] },
        status: 200,
        answer: { xuid: null, titles: [LANTERN] },
        elsewhere: { summary: 'A title', body: { titleids: [demo.TITLE] } }
      },
      neither: {
        ...byGamer,
        summary: 'Nothing named',
        params: { decorations: 'scid' },
        body: {},
        status: 400,
        answer: demo.refusal(dialect, 4000, 'The body: has neither pfns nor titleIds, expected at least one of them.')
      }
    }
  })
}
