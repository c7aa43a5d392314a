import { readFacts } from './catalogue.ts'

/** A public image as DescribeImages answers it; Size in GiB. */
export interface PublicImage {
  readonly ImageId: string
  readonly ImageName: string
  readonly ImageFamily: string
  readonly OSType: 'linux' | 'windows'
  readonly Platform: string
  readonly OSName: string
  readonly OSNameEn: string
  readonly Architecture: string
  readonly Size: number
  readonly CreationTime: string
  readonly [field: string]: unknown
}

interface ImageFacts {
  readonly ImageId: string
  readonly buildDate: string
  readonly unconfirmed?: string
}

/** A real image appears some days after the date in its name; how many is unconfirmed, so the build date itself is used. */
const creationTime = (buildDate: string) => `${buildDate.slice(0, 4)}-${buildDate.slice(4, 6)}-${buildDate.slice(6)}T00:00:00Z`

let byId: ReadonlyMap<string, PublicImage> | undefined

/** Every public image by id, from `api/images.json`; read on first use. */
export function publicImages(): ReadonlyMap<string, PublicImage> {
  if (byId === undefined) {
    const { defaults, images } = readFacts<{ defaults: object; images: ImageFacts[] }>('images.json')
    byId = new Map(
      images.map(({ buildDate, unconfirmed: _mark, ...image }) => [
        image.ImageId,
        { ImageFamily: '', ...defaults, ...image, CreationTime: creationTime(buildDate) } as unknown as PublicImage,
      ]),
    )
  }
  return byId
}
