/** A request in the stream of events, or another event. */
interface SeenEvent {
  readonly kind: string
  readonly path?: string
}

/** The paths at which devices ask for a code and poll with it, and at which a person decides. */
const SIGN_IN_PATHS = /\/(oauth20_|oauth2\/)/i

/** Whether there may be other device codes after an event: nothing tells of them but the requests of a sign-in. */
export const mayChangeDeviceCodes = ({ kind, path }: SeenEvent): boolean => kind === 'request' && path !== undefined && SIGN_IN_PATHS.test(path)

/** Whether a device code waits for a person. @param now the emulator's time, as it writes instants. */
export const isWaiting = ({ state, expires }: { readonly state: string, readonly expires: string }, now: string): boolean =>
  (state === 'pending' || state === 'slowDown') && expires > now
