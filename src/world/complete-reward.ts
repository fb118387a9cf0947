import type { MediaAsset, Reward } from '../model/achievement.ts'
import type { WorldReward } from './schema.ts'

const VALUE_TYPES = { Gamerscore: 'Int', InApp: 'String', Art: 'Uri' }

/** A picture, its members in the order of the wire. */
export const orderMediaAsset = ({ name, type, url }: MediaAsset): MediaAsset => ({ name, type, url })

/** A reward with the type of its value, its members in the order of the wire. */
export function completeReward ({ name, description, value, type, valueType, mediaAsset }: WorldReward): Reward {
  return { name, description, value, type, valueType: valueType ?? VALUE_TYPES[type], mediaAsset: mediaAsset && orderMediaAsset(mediaAsset) }
}
