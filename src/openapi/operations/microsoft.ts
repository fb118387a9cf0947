import { Type } from '@sinclair/typebox'
import { literals, string } from '../../http/answer-schema.ts'
import { GRANT_TYPES } from '../../sign-in/grants.ts'
import { MicrosoftDeviceCode, MicrosoftToken } from '../../sign-in/microsoft-answers.ts'
import { formatInstanceDiscovery, formatOpenIdConfiguration, InstanceDiscovery, OpenIdConfiguration } from '../../sign-in/microsoft-discovery.ts'
import { JsonWebKeys } from '../../sign-in/microsoft-id-token.ts'
import { TENANTS } from '../../sign-in/microsoft-requests.ts'
import { EXAMPLE_ORIGIN, EXAMPLE_RETURN, EXAMPLE_TOKEN } from '../examples.ts'
import type { OperationsByRoute } from '../operation.ts'
import { microsoftRefusals } from '../refusals.ts'
import { pageAnswer } from './live.ts'

const CLIENT = '389b1b32-b5d5-43b2-bddc-84ce938d6737'
const SCOPES = 'XboxLive.signin offline_access'

const CONSUMERS = { tenant: 'consumers' }
const ENDPOINT = 'https://login.microsoftonline.com/consumers/oauth2/v2.0/authorize'

const params = { tenant: string(`Of personal accounts: ${TENANTS.join(', ')}.`) }
const clientId = string('The application; any.')
const scope = string('The scopes, separated by blanks; openid for an ID token, offline_access for a refresh token.')
const redirectUri = string('Where the sign-in leads back to: this machine, an application by its client id, or one of --redirect-uris.')
const bodyType = 'application/x-www-form-urlencoded'

/** The operations of login.microsoftonline.com. */
export const MICROSOFT_OPERATIONS: OperationsByRoute = {
  'GET /{tenant}/oauth2/v2.0/authorize': () => ({
    id: 'authorizeMicrosoft',
    summary: 'Asks who signs in',
    description: 'login.microsoftonline.com. A page that lists the users; with `login_hint` it leads straight back, with a code, unless a page of another site led here. What is wrong with the request is told where it leads back to, once that is known to be allowed.',
    params,
    query: {
      client_id: clientId,
      response_type: literals(['code'], 'A code is all there is.'),
      redirect_uri: redirectUri,
      scope,
      state: string('Passed on.'),
      response_mode: literals(['query', 'fragment'], 'Which part of the address has the code.'),
      nonce: string('The ID token repeats it.'),
      code_challenge: string('What the verifier has to meet.'),
      code_challenge_method: literals(['S256', 'plain'], 'How. By default plain.'),
      prompt: string('With none nobody is asked.'),
      login_hint: string('The gamertag or XUID of who signs in.'),
      gamertag: string('Lists only those whose gamertags begin so, whoever else is named: what the search of the page sends.')
    },
    answers: {
      200: pageAnswer('The page.'),
      302: { description: 'Back, with `code` or `error`, and `state`.', headers: { Location: 'The redirect_uri with them.' } },
      ...microsoftRefusals()
    },
    exchanges: {
      code: {
        summary: 'A script signs in as gamer',
        params: CONSUMERS,
        query: { client_id: CLIENT, response_type: 'code', redirect_uri: EXAMPLE_RETURN, scope: SCOPES, login_hint: 'gamer' },
        status: 302
      }
    }
  }),

  'POST /{tenant}/oauth2/v2.0/devicecode': () => ({
    id: 'createMicrosoftDeviceCode',
    summary: 'Gives a device code',
    description: 'login.microsoftonline.com. The person goes to the page of login.live.com, or a test approves the code.',
    params,
    bodyType,
    body: Type.Object({ client_id: clientId, scope }),
    answers: { 200: { description: 'The codes.', body: MicrosoftDeviceCode }, ...microsoftRefusals(413) },
    exchanges: {
      codes: {
        summary: 'A device begins to sign in',
        params: CONSUMERS,
        body: { client_id: CLIENT, scope: SCOPES },
        status: 200,
        answer: {
          user_code: 'BCDF2345',
          device_code: EXAMPLE_TOKEN,
          verification_uri: `${EXAMPLE_ORIGIN}/oauth20_remoteconnect.srf`,
          expires_in: 900,
          interval: 5,
          message: `To sign in, open ${EXAMPLE_ORIGIN}/oauth20_remoteconnect.srf in a browser and enter the code BCDF2345.`
        }
      }
    }
  }),

  'POST /{tenant}/oauth2/v2.0/token': () => ({
    id: 'exchangeMicrosoftCode',
    summary: 'Gives an access token',
    description: 'login.microsoftonline.com. For a code, a refresh token or a device code that was approved. A code or a refresh token may name a user by gamertag or XUID instead.',
    params,
    bodyType,
    body: Type.Object({
      grant_type: literals(GRANT_TYPES, 'What it is given for.'),
      client_id: clientId,
      code: Type.Optional(string('The authorization code.')),
      redirect_uri: Type.Optional(string('As it was for the code.')),
      code_verifier: Type.Optional(string('What the challenge was made of.')),
      refresh_token: Type.Optional(string('The refresh token.')),
      device_code: Type.Optional(string('The device code.')),
      scope: Type.Optional(scope),
      client_info: Type.Optional(literals(['1'], 'Asks for the account.'))
    }),
    answers: { 200: { description: 'The tokens.', body: MicrosoftToken }, ...microsoftRefusals(413) },
    exchanges: {
      code: {
        summary: 'A code that names the user',
        params: CONSUMERS,
        body: { grant_type: 'authorization_code', client_id: CLIENT, code: 'gamer', scope: 'XboxLive.signin' },
        status: 200,
        answer: { token_type: 'Bearer', scope: 'XboxLive.signin', expires_in: 3600, ext_expires_in: 3600, access_token: EXAMPLE_TOKEN }
      }
    }
  }),

  'GET /{tenant}/v2.0/.well-known/openid-configuration': () => ({
    id: 'getOpenIdConfiguration',
    summary: 'Says where what is',
    description: 'login.microsoftonline.com.',
    params,
    answers: { 200: { description: 'The configuration.', body: OpenIdConfiguration }, ...microsoftRefusals() },
    exchanges: {
      consumers: { summary: 'Of personal accounts', params: CONSUMERS, status: 200, answer: formatOpenIdConfiguration(EXAMPLE_ORIGIN, 'consumers') },
      common: { summary: 'Of all accounts', params: { tenant: 'common' }, status: 200, answer: formatOpenIdConfiguration(EXAMPLE_ORIGIN, 'common') }
    }
  }),

  'GET /{tenant}/discovery/v2.0/keys': () => ({
    id: 'getSigningKeys',
    summary: 'The keys of ID tokens',
    description: 'login.microsoftonline.com.',
    params,
    answers: { 200: { description: 'The keys.', body: JsonWebKeys }, ...microsoftRefusals() },
    exchanges: {
      keys: {
        summary: 'The key of this process',
        params: CONSUMERS,
        status: 200,
        answer: { keys: [{ kty: 'RSA', use: 'sig', alg: 'RS256', kid: EXAMPLE_TOKEN, n: 'u1SU1LfVLPHCozMxH2Mo4lgOEePzNm0tRgeLezV6ffAt0gunVTLw7onLRnrq0_IzW7yWR7QkrmBL7jTKEn5u', e: 'AQAB' }] }
      }
    }
  }),

  'GET /common/discovery/instance': () => ({
    id: 'discoverInstance',
    summary: 'The names of the host',
    description: 'login.microsoftonline.com.',
    query: { authorization_endpoint: string('An address of the host.'), 'api-version': string('Not looked at.') },
    answers: { 200: { description: 'The names.', body: InstanceDiscovery }, ...microsoftRefusals() },
    exchanges: {
      names: { summary: 'What MSAL asks', query: { authorization_endpoint: ENDPOINT, 'api-version': '1.1' }, status: 200, answer: formatInstanceDiscovery(EXAMPLE_ORIGIN, ENDPOINT) }
    }
  })
}
