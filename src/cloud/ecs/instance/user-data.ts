import { ecs } from '../../operation.ts'
import { instanceOf } from './power.ts'

/** As it was given, in Base64; empty where there is none. */
export const DescribeUserData = ecs('DescribeUserData', ['InstanceId'], ({ InstanceId }, context) => {
  const { id, regionId, userData } = instanceOf(InstanceId, context)
  return { InstanceId: id, RegionId: regionId, UserData: userData }
})
