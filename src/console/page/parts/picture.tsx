import type { JSX } from 'preact'
import { useState } from 'preact/hooks'
import { pictureAddress } from '../../text/picture-address.ts'

/** A picture of a world, if its address is one that may be loaded; otherwise, and when it does not load, an empty square. Decoration: `alt` is empty unless given. */
export function Picture ({ url, size = 24, alt = '' }: { url: string | null | undefined, size?: number | undefined, alt?: string | undefined }): JSX.Element {
  const [failed, setFailed] = useState<string>()
  const address = pictureAddress(url, window.location.origin)
  if (address === undefined || failed === address) return <span class='picture' style={{ width: `${size}px`, height: `${size}px` }} aria-hidden='true' />
  return <img class='picture' src={address} alt={alt} width={size} height={size} loading='lazy' decoding='async' referrerpolicy='no-referrer' onError={() => { setFailed(address) }} />
}
