import { forbidden } from '../model/refusals.ts'

/**
 * @param isKnown true for a key of the world.
 * @throws 403 without a key, and with one that is not known. No message repeats it.
 */
export function requireUserKey (header: string | string[] | undefined, isKnown: (key: string) => boolean): void {
  if (header === undefined) throw forbidden('The user-key header is missing; expected one of the world\'s userKeys.')
  if (!isKnown(String(header))) throw forbidden('The user key is not known; expected one of the world\'s userKeys.')
}
