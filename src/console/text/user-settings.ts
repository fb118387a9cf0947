import type { Privacy } from '../../model/user.ts'

/** The title in front of a user who is there. */
interface PresenceTitle {
  readonly titleId: number
  readonly richPresence: string | null
}

/** A user as the control API tells it: what can be changed of it here. */
export interface StoredSettings {
  readonly gamertag: string
  readonly privacy: Privacy
  readonly signInError: number | null
  readonly profile: Readonly<Record<string, unknown>> | null
  readonly presence: { readonly state: string, readonly titles: readonly PresenceTitle[] } | null
}

/** What the fields of a profile have that are shown. */
export const PROFILE_TEXTS = ['realName', 'bio', 'location'] as const

/** The fields in which a user is changed: texts, as a person writes them. */
export interface SettingsForm extends Readonly<Record<typeof PROFILE_TEXTS[number], string>> {
  readonly gamertag: string
  readonly privacy: Privacy
  /** A number; empty: signing in is not refused. */
  readonly signInError: string
  /** Empty: nobody knows. */
  readonly presence: string
  /** Empty: in no title. */
  readonly titleId: string
  readonly richPresence: string
}

/** A request that the control API is sent, below the path of the user. */
export interface SettingsRequest {
  readonly method: 'PUT' | 'DELETE'
  readonly path: '' | '/presence'
  readonly body?: Readonly<Record<string, unknown>>
}

/** The fields as a user fills them. */
export function fillForm ({ gamertag, privacy, signInError, profile, presence }: StoredSettings): SettingsForm {
  const front = presence?.titles.at(-1)
  const [realName, bio, location] = PROFILE_TEXTS.map((name) => String(profile?.[name] ?? '')) as [string, string, string]
  return {
    gamertag, privacy, realName, bio, location, signInError: signInError === null ? '' : String(signInError), presence: presence?.state ?? '', titleId: front === undefined ? '' : String(front.titleId), richPresence: front?.richPresence ?? ''
  }
}

/** The requests that make a user what the fields say, of which those that are as they were are left out. */
export function requestsFor (stored: StoredSettings, form: SettingsForm): SettingsRequest[] {
  const before = fillForm(stored)
  const differs = (...names: Array<keyof SettingsForm>): boolean => names.some((name) => before[name] !== form[name])
  const settings = {
    ...differs('gamertag') && { gamertag: form.gamertag },
    ...differs('privacy') && { privacy: form.privacy },
    ...differs('signInError') && { signInError: readNumber(form.signInError) },
    ...differs(...PROFILE_TEXTS) && { profile: { ...stored.profile, ...Object.fromEntries(PROFILE_TEXTS.map((name) => [name, form[name]])) } }
  }
  return [
    ...Object.keys(settings).length === 0 ? [] : [{ method: 'PUT', path: '', body: settings } as const],
    ...differs('presence', 'titleId', 'richPresence') ? [presenceRequest(form)] : []
  ]
}

/** The requests that make a user what it was, after {@link requestsFor} was done. */
export function requestsBack (stored: StoredSettings, done: readonly SettingsRequest[]): SettingsRequest[] {
  const { gamertag, privacy, signInError, profile, presence } = stored
  const whole = { gamertag, privacy, signInError: signInError ?? 0, profile: profile ?? {} }
  return done.map(({ path, body = {} }): SettingsRequest => {
    if (path === '') return { method: 'PUT', path, body: Object.fromEntries(Object.entries(whole).filter(([name]) => Object.hasOwn(body, name))) }
    return presence === null ? { method: 'DELETE', path } : { method: 'PUT', path, body: presence }
  }).reverse()
}

function presenceRequest ({ presence, titleId, richPresence }: SettingsForm): SettingsRequest {
  if (presence === '') return { method: 'DELETE', path: '/presence' }
  const titles = titleId === '' ? [] : [{ titleId: readNumber(titleId), ...richPresence !== '' && { richPresence } }]
  return { method: 'PUT', path: '/presence', body: { state: presence, titles } }
}

/** A number that a person has written; empty: 0. What is none stays a text, which the emulator refuses in words. */
const readNumber = (text: string): number | string => /^\d+$/.test(text.trim()) ? Number(text) : text.trim() === '' ? 0 : text
