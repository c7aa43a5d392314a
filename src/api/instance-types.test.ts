import { describe, expect, it, vi } from 'vitest'
import { catalogue, readFacts } from './catalogue.ts'
import { instanceTypeOf, instanceTypes } from './instance-types.ts'
import type { ObjectShape } from './shape.ts'

const all = [...instanceTypes().values()]

interface Facts {
  readonly columns: readonly string[]
  readonly evidence: Readonly<Record<string, string>>
  readonly families: Readonly<Record<string, { readonly types: readonly (readonly [...unknown[]])[] }>>
}

describe('instanceTypes', () => {
  it('has 371 types, each under its own id', () => {
    expect(all).toHaveLength(371)
    expect([...instanceTypes()].filter(([id, type]) => type.InstanceTypeId !== id)).toEqual([])
  })

  it('fills every field that is always answered, with a value of the type the catalogue tells', () => {
    const output = catalogue('ecs').get('DescribeInstanceTypes')?.output.InstanceTypes as ObjectShape
    const shape = (output.InstanceType as readonly [ObjectShape])[0]
    const wrong = all.flatMap((type) =>
      Object.entries(type)
        .filter(([field, value]) => typeof value !== shape[field] || Number.isNaN(value))
        .map(([field]) => `${type.InstanceTypeId}: ${field}`),
    )
    expect(wrong).toEqual([])
  })

  it('names each type after its family', () => {
    expect(all.filter((type) => !type.InstanceTypeId.startsWith(type.InstanceTypeFamily))).toEqual([])
  })

  it('tells the same of a type that is asked for alone, whatever its id is like', async () => {
    vi.resetModules()
    const alone = await import('./instance-types.ts')
    const ids = [...instanceTypes().keys()].filter((_, at) => at % 10 === 0)
    for (const id of ids) expect(alone.instanceTypeOf(id)).toEqual(instanceTypes().get(id))
    for (const id of ['', '.', 'ecs.none.large', 'ecs.g7.none', 'api.x', '"', 'ecs.g7": .large'])
      expect(alone.instanceTypeOf(id)).toBeUndefined()
  })

  it('answers what a real ecs.g7.xlarge answers', () => {
    expect(instanceTypeOf('ecs.g7.xlarge')).toMatchObject({
      InstanceCategory: 'General-purpose',
      CpuCoreCount: 4,
      MemorySize: 16,
      InstanceBandwidthRx: 3_072_000,
      InstanceBandwidthTx: 3_072_000,
      InstancePpsRx: 1_100_000,
      EniQuantity: 4,
      EniTotalQuantity: 20,
      EniPrivateIpAddressQuantity: 15,
      EniIpv6AddressQuantity: 15,
      DiskQuantity: 17,
      GPUAmount: 0,
      LocalStorageCategory: '',
      NvmeSupport: 'unsupported',
    })
  })

  it('has a baseline credit for burstable types alone: percent per vCPU times vCPUs', () => {
    expect(instanceTypeOf('ecs.t5-c1m1.xlarge')?.BaselineCredit).toBe(100)
    expect(all.filter((type) => type.BaselineCredit > 0 && !/^ecs\.t[56]/.test(type.InstanceTypeFamily))).toEqual([])
  })

  it('says nothing of local disks for a type that has none', () => {
    expect(instanceTypeOf('ecs.g6.large')).not.toHaveProperty('LocalStorageAmount')
    expect(all.filter((type) => (type.LocalStorageAmount === undefined) !== (type.LocalStorageCategory === ''))).toEqual([])
  })

  it('is read from rows as long as the columns say, with known evidence', () => {
    const { columns, evidence, families } = readFacts<Facts>('instance-types.json')
    const rows = Object.values(families).flatMap(({ types }) => types)
    expect(rows.filter((row) => row.length < columns.length - 2 || row.length > columns.length)).toEqual([])
    const told = rows.map((row) => (row[columns.indexOf('notes')] as { src?: string } | undefined)?.src).filter((src) => src !== undefined)
    expect(told.filter((src) => !Object.hasOwn(evidence, src))).toEqual([])
  })
})
