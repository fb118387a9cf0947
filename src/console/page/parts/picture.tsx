import type { ComponentChildren, JSX } from 'preact'
import { useState } from 'preact/hooks'
import { pictureAddress } from '../../text/picture-address.ts'

/** A picture of a world, if its address is one that may be loaded; otherwise, and when it does not load, what is given instead: an empty square, unless given. Decoration: its words stand beside it. */
export function Picture ({ url, size, instead }: { url: string | null, size: number, instead?: ComponentChildren }): JSX.Element {
  const [failed, setFailed] = useState<string>()
  const address = pictureAddress(url, window.location.origin)
  if (address === undefined || failed === address) return <>{instead ?? <span class='picture' style={{ width: `${size}px`, height: `${size}px` }} aria-hidden='true' />}</>
  return <img class='picture' src={address} alt='' width={size} height={size} loading='lazy' decoding='async' referrerpolicy='no-referrer' onError={() => { setFailed(address) }} />
}
