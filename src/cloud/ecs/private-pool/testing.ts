/** For the tests beside: a cloud with calls about private pools. */
import { cloudWithNetwork, type TestAnswer } from '../../testing.ts'

export const zone = 'cn-hangzhou-h'
export const type = 'ecs.g7.large'
export const dayMs = 86_400_000

export async function cloudWithPools() {
  const cloud = await cloudWithNetwork()
  const { call } = cloud
  const reserve = async (input: object = {}): Promise<string> =>
    (await call('CreateCapacityReservation', { InstanceType: type, ZoneId: [zone], InstanceAmount: 2, ...input })).PrivatePoolOptionsId
  const assure = async (input: object = {}): Promise<string> =>
    (await call('CreateElasticityAssurance', { InstanceType: [type], ZoneId: [zone], InstanceAmount: 2, ...input })).PrivatePoolOptionsId
  const reservation = async (id: string, Status = 'All'): Promise<TestAnswer> =>
    (await call('DescribeCapacityReservations', { PrivatePoolOptions: { Ids: JSON.stringify([id]) }, Status })).CapacityReservationSet
      .CapacityReservationItem[0]
  const assurance = async (id: string, Status = 'All'): Promise<TestAnswer> =>
    (await call('DescribeElasticityAssurances', { PrivatePoolOptions: { Ids: JSON.stringify([id]) }, Status })).ElasticityAssuranceSet
      .ElasticityAssuranceItem[0]
  const sellOut = () => cloud.cloud.market.add([{ zoneId: zone, instanceType: type, stock: 'none' }])
  return { ...cloud, reserve, assure, reservation, assurance, sellOut }
}

/** An instance that takes part. */
export const open = { PrivatePoolOptions: { MatchCriteria: 'Open' } }
/** An instance that names its pool. */
export const target = (Id: string) => ({ PrivatePoolOptions: { MatchCriteria: 'Target', Id } })
/** How much of a pool is used. */
export const amounts = ({ AllocatedResources }: TestAnswer) => {
  const { UsedAmount, AvailableAmount, TotalAmount } = AllocatedResources.AllocatedResource[0]
  return { UsedAmount, AvailableAmount, TotalAmount }
}
