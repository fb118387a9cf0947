import type { FastifyInstance } from 'fastify'
import { formatValue } from '../base/validation.ts'
import { Query } from '../http/query.ts'
import type { Services } from '../http/services.ts'
import type { DeviceCode } from '../model/session.ts'
import type { Profile } from '../model/user.ts'
import { requireOpenDeviceCode } from '../operations/device-codes.ts'
import { countListed, escapeHtml, sendPage, writeDocument, writeOthers } from './page.ts'
import { isOfRequest } from './refusal-forms.ts'
import { LARGEST_BODY, SECRET } from './requests.ts'

/** Where a person enters what a device shows. */
export const DEVICE_PATH = '/oauth20_remoteconnect.srf'

const HAS_FORMS = { hasForms: true }
const USER_CODE = ['otc', 'the user_code of a device', String] as const

/**
 * The page for what a device shows: `GET` asks who signs in there, and `POST`, which a page of another site cannot send,
 * decides. Whatever is wrong is said on a page: a person reads it.
 */
export function devicePageRoutes (app: FastifyInstance, { store, operations: { run } }: Services): void {
  const show = (userCode: string, now: number): string => {
    if (userCode === '') return writeEntry('')
    try {
      const code = requireOpenDeviceCode(store, userCode.trim(), now)
      const users = store.people.list(countListed(' '))
      return writeChoice(code, { users, others: store.catalogue.count().users - users.length })
    } catch (error) {
      return writeEntry(shownProblem(error))
    }
  }

  app.get<{ Querystring: URLSearchParams }>(DEVICE_PATH, { config: SECRET }, ({ query, now }, reply) =>
    sendPage(reply, show(new Query(query).one(...USER_CODE) ?? '', now), HAS_FORMS))

  app.post<{ Body: URLSearchParams | undefined }>(DEVICE_PATH, { bodyLimit: LARGEST_BODY, config: SECRET }, ({ body, now }, reply) => {
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
const writeEntry = (problem: string): string => writeDocument('Sign in on a device', `${problem === '' ? '' : `<p>${escapeHtml(problem)}</p>\n`}<form>
<label>The code that it shows: <input name="otc" maxlength="8" required autofocus></label>
<button>Go on</button>
</form>
`)

/** A page on which a person says who signs in on a device, or that nobody does. */
function writeChoice ({ userCode, clientId }: DeviceCode, { users, others }: { users: readonly Profile[], others: number }): string {
  const entries = users.map(({ xuid, gamertag }) => `<li><button name="user" value="${xuid}">${escapeHtml(gamertag)}</button> (${xuid})</li>\n`)
  return writeDocument(`Who signs in to ${clientId} on the device that shows ${userCode}?`, `<form method="post" action="${DEVICE_PATH}">
<input type="hidden" name="otc" value="${userCode}">
<ul>
${entries.join('')}</ul>
<p><button name="user" value="">Nobody</button></p>
</form>
${writeOthers(others, 'the control API approves for them.')}`)
}
