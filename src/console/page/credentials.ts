import { curlOf, type SentRequest } from '../text/curl.ts'
import { findSession, type ListedSession, type WantedClaims } from '../text/session-claims.ts'
import { act, read } from './api.ts'
import { readWhole } from './use-pages.ts'

/** All sessions of a user, or, for null, those without one. */
async function readSessions (xuid: string | null): Promise<ListedSession[]> {
  const sessions = await readWhole<ListedSession>(`/_emulator/sessions${xuid === null ? '' : `?${new URLSearchParams({ xuid })}`}`)
  return sessions.filter((session) => session.xuid === xuid)
}

/**
 * What to send as the Authorization header for these claims: that of a session which has them and has not ended, or else
 * of a new one.
 *
 * @throws as `act` does; 400 for a user or title that the world does not have.
 */
export async function authorizationFor (claims: WantedClaims): Promise<string> {
  const [sessions, { now }] = await Promise.all([readSessions(claims.xuid), read<{ now: string }>('/_emulator/clock')])
  const found = findSession(sessions, claims, now)
  if (found !== undefined) return found.authorization
  return (await act<ListedSession>('POST', '/_emulator/sessions', claims)).authorization
}

/** The line with which a shell sends a request to the service as whom the Authorization value names. Headers of the request win. */
export const curlFor = (request: SentRequest, authorization: string): string =>
  curlOf(window.location.origin, { ...request, headers: { authorization, 'x-xbl-contract-version': '2', ...request.headers } })
