import type { LifeContext } from '../../lifecycle.ts'
import type { Image } from './records.ts'

/** Lets an image go. Its snapshots stay. */
export function removeImage(image: Image, { state }: Pick<LifeContext, 'state'>): void {
  state.agenda.cancel(`image.created:${image.id}`)
  state.images.delete(image.id)
}
