import { publicImages } from '../../../api/images.ts'
import { instanceTypes } from '../../../api/instance-types.ts'
import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { demandOneOf } from '../values.ts'
import { visibleImage } from './find.ts'

/** The types that an image runs on: those of its processor. `Filter` names the image as well; its other key is not made out (unconfirmed). */
export const DescribeImageSupportInstanceTypes = ecs(
  'DescribeImageSupportInstanceTypes',
  ['ImageId', 'ActionType', 'Filter'],
  (input, context) => {
    demandOneOf(input.ActionType, ['CreateEcs', 'ChangeOS'], 'ActionType', 'InvalidParameter')
    const named = (input.Filter ?? []).map(({ Key, Value }) => {
      demand(Key === 'imageId', 'InvalidParamter', 'The specified Filter.n.Key is not valid.')
      return Value
    })
    const id = input.ImageId || named[0]
    demand(id, 'MissingParameter', 'The input parameter "ImageId" that is mandatory for processing this request is not supplied.')
    const architecture = publicImages().get(id)?.Architecture ?? visibleImage(id, context)?.os.architecture
    demand(architecture, 'InvalidImageId.NotFound', 'The specified ImageId does not exist.', 404)
    const fitting = [...instanceTypes().values()].filter((type) => (type.CpuArchitecture === 'ARM') === (architecture === 'arm64'))
    const InstanceType = fitting.map(({ InstanceTypeId, InstanceTypeFamily, CpuCoreCount, MemorySize }) => ({
      InstanceTypeId,
      InstanceTypeFamily,
      CpuCoreCount,
      MemorySize,
    }))
    return { ImageId: id, RegionId: context.regionId, InstanceTypes: { InstanceType } }
  },
)
