import type { FastifyInstance } from 'fastify'
import { formatValue } from '../base/validation.ts'
import { Query } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import type { DeviceCode } from '../model/session.ts'
import { requireOpenDeviceCode } from '../operations/device-codes.ts'
import { escapeHtml, sendPage, writeDocument, writeParagraph } from './page.ts'
import { isOfRequest } from './refusal-forms.ts'
import { SECRET, SECRET_BODY } from './requests.ts'
import { findChoice, SEARCHED, writeSearch, type UserChoice } from './sign-in-page.ts'

/** Where a person enters what a device shows. */
export const DEVICE_PATH = '/oauth20_remoteconnect.srf'

const HAS_FORMS = { hasForms: true }
const USER_CODE = ['otc', 'the user_code of a device', String] as const

/**
 * The page for what a device shows: `GET` asks who signs in there, and `POST`, which a page of another site cannot send,
 * decides. Whatever is wrong is said on a page: a person reads it.
 */
export function devicePageRoutes (app: FastifyInstance, { store, operations: { run } }: Services): void {
  const show = (query: Query, now: number): string => {
    const userCode = query.one(...USER_CODE) ?? ''
    if (userCode === '') return writeEntry('')
    try {
      const code = requireOpenDeviceCode(store, userCode.trim(), now)
      return writeChoice(code, findChoice(store, { searched: query.first(SEARCHED) ?? '', instead: 'search for them.' }))
    } catch (error) {
      return writeEntry(shownProblem(error))
    }
  }

  app.get<{ Querystring: URLSearchParams }>(DEVICE_PATH, { config: SECRET }, ({ query, now }, reply) =>
    sendPage(reply, show(new Query(query), now), HAS_FORMS))

  app.post<{ Body: URLSearchParams | undefined }>(DEVICE_PATH, SECRET_BODY, ({ body, now }, reply) => {
    const form = new Query(body ?? new URLSearchParams())
    const userCode = (form.one(...USER_CODE) ?? '').trim()
    const name = form.one('user', 'a gamertag or XUID', String) ?? ''
    const user = store.people.findNamed(name)
    if (name !== '' && user === undefined) return sendPage(reply, writeEntry(`No user is called ${formatValue(name)}.`), HAS_FORMS)
    try {
      run('deviceCode.decide', { userCode, decision: user === undefined ? 'decline' : 'approve', xuid: user?.xuid ?? null, now })
    } catch (error) {
      return sendPage(reply, writeEntry(shownProblem(error)), HAS_FORMS)
    }
    return sendPage(reply, writeDocument(user === undefined ? 'Nobody signs in' : `${user.gamertag} signs in`, '<p>You can go back to the device.</p>\n'), HAS_FORMS)
  })
}

/** What a person is told. @throws what is not about the request. */
function shownProblem (error: unknown): string {
  if (isOfRequest(error)) return error.message
  throw error
}

/** A page on which a code is entered. @param problem why the one before could not be used; empty: there was none. */
const writeEntry = (problem: string): string => writeDocument('Sign in on a device', `${writeParagraph(problem)}<form>
<label>The code that it shows: <input name="otc" maxlength="8" required autofocus></label>
<button>Go on</button>
</form>
`)

/** A page on which a person says who signs in on a device, or that nobody does. */
function writeChoice ({ userCode, clientId }: DeviceCode, { users, remark, searched }: UserChoice): string {
  const entries = users.map(({ xuid, gamertag }) => `<li><button name="user" value="${xuid}">${escapeHtml(gamertag)}</button> (${xuid})</li>\n`)
  return writeDocument(`Who signs in to ${clientId} on the device that shows ${userCode}?`, `${writeSearch(searched, { path: '', repeated: new URLSearchParams({ otc: userCode }) })}<form method="post" action="${DEVICE_PATH}">
<input type="hidden" name="otc" value="${userCode}">
<ul>
${entries.join('')}</ul>
${writeParagraph(remark)}<p><button name="user" value="">Nobody</button></p>
</form>
`)
}
