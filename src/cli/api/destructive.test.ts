import { describe, expect, it } from 'vitest'
import { catalogue } from '../../api/catalogue.ts'
import { productNames } from '../../api/products.ts'
import { asksFirst, exceptions, verbOf, verbs } from './destructive.ts'
import { targetsOf } from './targets.ts'

const all = productNames.flatMap((product) => [...catalogue(product)].map(([action, operation]) => ({ action, operation })))
const asks = (action: string, input = {}) => asksFirst(action, input, false)

describe('whether an operation is asked about', () => {
  it('is decided for each verb of the catalogue, and for nothing else', () => {
    const known = new Set(all.map(({ action }) => verbOf(action)))
    expect(Object.keys(verbs).toSorted()).toEqual([...known].toSorted())
    const actions = new Set(all.map(({ action }) => action))
    expect(Object.keys(exceptions).filter((action) => !actions.has(action))).toEqual([])
  })

  it('is never so for one that only reads', () => {
    expect(all.filter(({ action, operation }) => operation.readOnly && asksFirst(action, {}, true))).toEqual([])
  })

  it('is so for what deletes, stops, detaches, resets or replaces', () => {
    const destroying = ['DeleteInstance', 'StopInstances', 'DetachDisk', 'ReInitDisk', 'ReplaceSystemDisk', 'RevokeSecurityGroup']
    expect(destroying.filter((action) => !asks(action))).toEqual([])
    expect(['RunInstances', 'StartInstance', 'TagResources', 'UntagResources', 'ModifyDiskAttribute'].filter((one) => asks(one))).toEqual(
      [],
    )
  })

  it('hangs on a parameter where only that destroys', () => {
    expect(asks('ModifyInstanceAutoReleaseTime')).toBe(false)
    expect(asks('ModifyInstanceAutoReleaseTime', { AutoReleaseTime: '' })).toBe(false)
    expect(asks('ModifyInstanceAutoReleaseTime', { AutoReleaseTime: '2026-12-01T00:00:00Z' })).toBe(true)
  })

  it('is so for an operation nobody knows yet', () => {
    expect(asks('ObliterateEverything')).toBe(true)
    expect(asks('constructor')).toBe(true)
  })
})

describe('what a call is done to', () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ['DeleteInstances', { InstanceId: ['i-1', 'i-2', 'i-1'], RegionId: 'cn-hangzhou' }, ['i-1', 'i-2']],
    ['DetachDisk', { InstanceId: 'i-1', DiskId: 'd-1' }, ['d-1']],
    ['DetachKeyPair', { KeyPairName: 'k', InstanceIds: ['i-1', 'i-2'] }, ['i-1', 'i-2']],
    ['DeleteKeyPairs', { KeyPairNames: ['a', 'b'] }, ['a', 'b']],
    ['RevokeSecurityGroup', { SecurityGroupId: 'sg-1', SourceGroupId: 'sg-2' }, ['sg-1']],
    ['DeleteInstances', { 'InstanceId.1': 'i-1', 'InstanceId.2': 'i-2' }, ['i-1', 'i-2']],
    ['DeleteKeyPairs', { KeyPairNames: '["a","b","c"]' }, ['a', 'b', 'c']],
    ['ClearAccountAlias', {}, []],
  ])('of %s with %j', (action, input, targets) => {
    expect(targetsOf(action, input)).toEqual(targets)
  })
})
