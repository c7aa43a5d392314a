import { describe, expect, it } from 'vitest'
import { flatten } from './flatten.ts'

describe('flatten', () => {
  it('counts lists from 1 and joins nested names with dots', () => {
    expect(
      flatten(
        { Tag: [{ Key: 'env', Value: '' }, { Key: 'k' }], SystemDisk: { Size: 40 }, NetworkInterface: [{ SecurityGroupIds: ['sg-1'] }] },
        {},
      ),
    ).toEqual([
      ['Tag.1.Key', 'env'],
      ['Tag.1.Value', ''],
      ['Tag.2.Key', 'k'],
      ['SystemDisk.Size', '40'],
      ['NetworkInterface.1.SecurityGroupIds.1', 'sg-1'],
    ])
  })

  it('leaves out null and undefined and writes booleans in lower case', () => {
    expect(flatten({ A: null, B: undefined, DryRun: true, C: false, D: { E: null } }, {})).toEqual([
      ['DryRun', 'true'],
      ['C', 'false'],
    ])
  })

  it('writes JSON in one string where the operation wants that, and passes a text through', () => {
    const json = ['InstanceIds', 'Parameters', 'DiskIds']
    expect(flatten({ InstanceIds: ['i-1', 'i-2'], Parameters: { a: 1 }, DiskIds: '["d-1"]' }, { json })).toEqual([
      ['InstanceIds', '["i-1","i-2"]'],
      ['Parameters', '{"a":1}'],
      ['DiskIds', '["d-1"]'],
    ])
  })

  it('keeps an empty list that travels as JSON: it asks for nothing, not for everything', () => {
    expect(flatten({ InstanceIds: [], SecurityGroupIds: [] }, { json: ['InstanceIds'] })).toEqual([['InstanceIds', '[]']])
  })

  it('joins with commas where the operation wants that', () => {
    expect(flatten({ VbrInstanceIds: ['vbr-1', 'vbr-2'] }, { comma: ['VbrInstanceIds'] })).toEqual([['VbrInstanceIds', 'vbr-1,vbr-2']])
  })
})
