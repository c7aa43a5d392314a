import type { Text } from '../../api/text.ts'
import type { Deed } from '../safety/deed.ts'
import { type Image, images } from './image.ts'

/** What all deeds to images have in common: they are for the account's own. */
export const imageDeed = {
  noun: images,
  about: ({ Status, OSNameEn, OSName, Size }: Image) => `${Status}  ${(OSNameEn || OSName).replace(/\s+/g, ' ')}  ${Size} GiB`,
  tags: ({ Tags }: Image) => Tags?.Tag ?? [],
  refusal: ({ ImageOwnerAlias }: Image): Text | undefined =>
    ImageOwnerAlias === 'self' ? undefined : { en: 'is not of this account', zh: '不属于当前账号' },
} as const satisfies Partial<Deed<Image>>
