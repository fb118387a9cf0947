import { formatInstant } from '../base/instant.ts'
import { VERSION } from '../base/version.ts'
import type { Services } from '../http/services.ts'
import { countedWorld } from './counted-world.ts'
import { quote } from './output.ts'
import type { Served } from './served.ts'

/** The demo world's token, which the README has, too. No token of another world is printed. */
const DEMO_AUTHORIZATION = "'Authorization: XBL3.0 x=demo;gamer'"

/**
 * What is printed once the server listens: what it serves, where its page is, and a request to try.
 *
 * @param command how a shell on this machine runs this command: it is not on the path when it came with `npm ci` or npx.
 */
export function greetingOf ({ services, world: { source, remark }, url, https }: Served, command: readonly string[]): string {
  const { config: { control, database, dialect, signIn: hasSignIn, signInAs, unknownTokens }, store: { catalogue } } = services
  const tokens = unknownTokens === null ? '' : `  tokens    any that the world does not know is one of ${unknownTokens} (--unknown-tokens)\n`
  const signIn = signInAs === null || !hasSignIn ? '' : `  sign-in   as ${signInAs} where nobody says who (--sign-in-as)\n`
  const secure = https === undefined ? '' : `  https     ${https.url} (trust ${https.trust})\n`
  return `xbl-achievements ${VERSION} serves ${url}
${secure}  world     ${source} (${countedWorld(catalogue.count())})
  database  ${database}${remark}
  dialect   ${dialect}
${signIn}${tokens}
${control ? `Open ${url}/ in a browser, or try:` : 'Try:'}
  ${requestToTry(services, url, command)}

`
}

function requestToTry ({ config: { control }, store: { sessions }, clock }: Services, url: string, command: readonly string[]): string {
  const example = sessions.findExample(formatInstant(clock.now()))
  const authorization = example && authorizationFor(example, url, command)
  if (example === undefined || (authorization !== DEMO_AUTHORIZATION && !control)) return `curl '${url}/_emulator/health'`
  const query = example.titleId === null ? '' : `?titleId=${example.titleId}`
  return `curl -H ${authorization} -H 'x-xbl-contract-version: 2' '${url}/users/xuid(${example.xuid})/achievements${query}'`
}

/** How a shell gets the Authorization header of a session like the example. */
function authorizationFor ({ userHash, token, xuid, titleId }: { userHash: string, token: string, xuid: string, titleId: number | null }, url: string, command: readonly string[]): string {
  if (`${userHash};${token}` === 'demo;gamer') return DEMO_AUTHORIZATION
  return `"Authorization: $(${command.map(quote).join(' ')} token --url ${url} --xuid ${xuid}${titleId === null ? '' : ` --title-id ${titleId}`})"`
}
