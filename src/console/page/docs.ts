import { readScheme } from '../text/schemes.ts'
import { keepKey, ownHeaders } from './control-key.ts'
import './styles/docs.css'

/** Starts Swagger UI on the page of the API. */

const DOCUMENT = '/_emulator/openapi.json'

const NEEDS_KEY = 'The emulator has a control key. Authorize with it (controlKey), and the examples are about the world that is served.'
const WRONG_KEY = 'The emulator does not take this control key.'

/** What a security scheme of the document has for this page. */
interface XblScheme {
  readonly 'x-authorization': string | null
  readonly 'x-claims': object | null
}

/** The part of the document that this page reads. */
interface ShownDocument {
  readonly 'x-is-world-hidden': boolean
  readonly components: { readonly securitySchemes: { readonly xbl: XblScheme } }
}

/** A request as Swagger UI sends it. */
interface SwaggerRequest {
  readonly loadSpec?: boolean
  readonly headers: Record<string, string>
}

/** What somebody authorizes with, by scheme. */
type Authorization = Readonly<Record<string, { readonly value?: unknown }>>

/** The part of Swagger UI that this page uses. */
interface SwaggerUi {
  readonly preauthorizeApiKey: (scheme: string, value: string) => void
  readonly specSelectors: { readonly specJson: () => { readonly toJS: () => ShownDocument } }
  readonly authSelectors: { readonly authorized: () => { readonly has: (scheme: string) => boolean } }
}

declare const SwaggerUIBundle: (options: object) => SwaggerUi

function sayAtTop (text: string): void {
  const status = document.getElementById('docs-status')
  if (status !== null) status.textContent = text
}

/** Shows the colours that were chosen on the page, or those that the system has. */
function followScheme (): void {
  const chosen = readScheme(localStorage.getItem('scheme'))
  const system = window.matchMedia('(prefers-color-scheme: dark)')
  const show = (): void => { document.documentElement.classList.toggle('dark-mode', chosen === 'dark' || (chosen === 'auto' && system.matches)) }
  system.addEventListener('change', show)
  show()
}

const keyOf = ({ authorization = '' }: Record<string, string>): string => authorization.replace('Bearer ', '')

/** Fills in what the first example needs, as soon as the document is there. */
async function authorize (ui: SwaggerUi): Promise<void> {
  const { 'x-is-world-hidden': isHidden, components: { securitySchemes: { xbl } } } = ui.specSelectors.specJson().toJS()
  sayAtTop(isHidden ? NEEDS_KEY : '')
  if (isHidden) return
  const key = keyOf(ownHeaders())
  if (key !== '') ui.preauthorizeApiKey('controlKey', key)
  if (ui.authSelectors.authorized().has('xbl')) return
  const authorization = xbl['x-authorization'] ?? await makeToken(xbl['x-claims'])
  if (authorization !== null) ui.preauthorizeApiKey('xbl', authorization)
}

/** Makes a token where the world has none that fits: the next time it has one. */
async function makeToken (claims: object | null): Promise<string | null> {
  if (claims === null) return null
  const response = await fetch('/_emulator/sessions', { method: 'POST', headers: { ...ownHeaders(), 'content-type': 'application/json' }, body: JSON.stringify(claims) })
  return response.ok ? (await response.json()).authorization : null
}

/** Shows the page again to who has given the control key, which is kept for this tab. */
async function takeKey (ui: SwaggerUi, { controlKey }: Authorization): Promise<void> {
  const { 'x-is-world-hidden': isHidden } = ui.specSelectors.specJson().toJS()
  if (typeof controlKey?.value !== 'string' || !isHidden) return
  if (await keepKey(controlKey.value)) window.location.reload()
  else sayAtTop(WRONG_KEY)
}

followScheme()

const fail = (error: unknown): void => { sayAtTop(String(error)) }

const ui = SwaggerUIBundle({
  url: DOCUMENT,
  dom_id: '#swagger-ui',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  // By default a document is sent to a validator at swagger.io.
  validatorUrl: null,
  requestInterceptor: (request: SwaggerRequest) => request.loadSpec === true ? { ...request, headers: { ...request.headers, ...ownHeaders() } } : request,
  onComplete: () => { authorize(ui).catch(fail) },
  plugins: [{
    statePlugins: {
      auth: {
        wrapActions: {
          authorize: (original: (payload: Authorization) => unknown) => (payload: Authorization) => {
            takeKey(ui, payload).catch(fail)
            return original(payload)
          }
        }
      }
    }
  }]
})
