import type { Test } from 'tap'
import { GAMER, SAMPLE_TITLE } from '../helper.ts'
import { runCommand } from '../run-bin.ts'

/** Every claim as flags, and as the session of a world has them. */
export const FLAGS = ['--xuid', `0${GAMER}`, '--title-id', String(SAMPLE_TITLE), '--sandbox', 'RETAIL', '--location', 'FR', '--site', '--expires', '2100-01-01T00:00:00Z']
export const CLAIMS = { xuid: GAMER, titleId: SAMPLE_TITLE, sandbox: 'RETAIL', location: 'FR', thirdPartySite: true, expires: '2100-01-01T00:00:00.0000000Z' }
export const NO_CLAIMS = { xuid: GAMER, titleId: null, sandbox: null, location: null, thirdPartySite: false, expires: null }

/** Makes a token; returns what was printed, without the end of the line. */
export async function mint (t: Test, args: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand(['token', ...args])
  t.strictSame({ code, stderr }, { code: 0, stderr: '' })
  t.match(stdout, /^XBL3\.0 x=\d+;[\w-]{43}\n$/)
  return stdout.trimEnd()
}

export interface Sessions {
  readonly sessions: ReadonlyArray<{ readonly token: string }>
}

/** The session of a token, in a world document. */
export function sessionOf (authorization: string, world: Sessions): object | undefined {
  const token = authorization.split(';')[1]
  const found = world.sessions.find((session) => session.token === token)
  return found && { ...found, token: '' }
}

/** The session that a token has for its claims. */
export const expected = (authorization: string, claims: object) => ({ userHash: authorization.slice('XBL3.0 x='.length).split(';')[0], token: '', ...claims })
