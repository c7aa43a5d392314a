import type { Lifecycles } from '../../lifecycle.ts'
import { voucherLife } from '../term-life.ts'
import type { StorageCapacityUnit } from './records.ts'

export const lifecycles: Lifecycles = voucherLife<StorageCapacityUnit>('scu', (state) => state.storageCapacityUnits)
