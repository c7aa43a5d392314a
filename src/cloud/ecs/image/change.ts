import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { demandDescription, demandOneOf } from '../values.ts'
import { imageOf } from './find.ts'
import { demandFamily, demandFreeName, demandImageName, featuresOf } from './new-image.ts'
import { removeImage } from './remove.ts'

const licenses = ['Auto', 'Aliyun', 'BYOL']

/** Changes what is given and leaves the rest. An empty ImageFamily takes the image out of its family. */
export const ModifyImageAttribute = ecs(
  'ModifyImageAttribute',
  ['ImageId', 'ImageName', 'Description', 'ImageFamily', 'Status', 'BootMode', 'LicenseType', 'Features'],
  (input, context) => {
    const { state } = context
    const image = imageOf(input.ImageId, context)
    demandImageName(input.ImageName)
    demandFamily(input.ImageFamily)
    demandDescription(input.Description, 'Description', 'InvalidDescription.Malformed', 400)
    demandOneOf(input.LicenseType, licenses, 'LicenseType', 'InvalidParameter')
    demandOneOf(input.Status, ['Deprecated', 'Available'], 'Status', 'InvalidStatus.ValueNotSupported')
    if (input.ImageName !== image.imageName) demandFreeName(input.ImageName, image, state)
    const settled = image.status === 'Available' || image.status === 'Deprecated'
    demand(!input.Status || settled, 'IncorrectImageStatus', 'The current status of the image does not support this operation.')
    state.images.put({
      ...image,
      ...featuresOf(input),
      imageName: input.ImageName || image.imageName,
      description: input.Description ?? image.description,
      imageFamily: input.ImageFamily ?? image.imageFamily,
      licenseType: input.LicenseType || image.licenseType,
      status: (input.Status as 'Deprecated' | 'Available' | '' | undefined) || image.status,
    })
    return {}
  },
)

/**
 * Deletes an image; its snapshots stay. One that is not there is deleted already: no refusal.
 * With Force instances may use it, and it may be shared and still be in the making (the last two are unconfirmed).
 */
export const DeleteImage = ecs('DeleteImage', ['ImageId', 'Force'], ({ ImageId, Force }, context) => {
  const { state } = context
  const image = owned(state.images.get(ImageId), context)
  if (image === undefined) return {}
  const copying = state.images.count('copying', `of/${image.id}`) > 0
  demand(!image.importTaskId, 'ImageIsImporting', 'The specified image is being imported.')
  demand(!image.exportTaskId, 'ImageIsExporting', 'The specified image is being exported.')
  const made = image.status !== 'Creating' && image.status !== 'Waiting'
  if (image.source) demand(made, 'OperationDenied.ImageCopying', 'The specified image is being copied.')
  demand(made || Force, 'ImageIsCreating', 'The specified image is being created.')
  demand(!copying, 'OperationDenied.ImageCopying', 'The specified image is being copied.')
  const used = state.instances.count('image', image.id) > 0
  demand(!used || Force, 'ImageUsingByInstance', 'The specified image is used by instances.')
  demand(image.sharedWith.length === 0 || Force, 'ImageUseShared', 'The specified image is shared with other accounts.')
  removeImage(image, context)
  return {}
})
