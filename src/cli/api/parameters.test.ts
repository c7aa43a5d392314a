import { describe, expect, it } from 'vitest'
import { catalogue } from '../../api/catalogue.ts'
import type { Operation } from '../../api/shape.ts'
import type { World } from '../command.ts'
import { findOperation } from './operation.ts'
import { inputOf, type Parameter } from './parameters.ts'

const world = { stdin: () => Promise.resolve('read') } as unknown as World
const own = { region: { type: 'string', help: { en: 'x', zh: '某' } } } as const
const input = (action: string, ...parameters: Parameter[]) =>
  inputOf(action, catalogue('ecs').get(action) as Operation, parameters, world, own)

describe('parameters of an operation', () => {
  it('take lists item by item, tags as key=value, objects as fields', async () => {
    const given: Parameter[] = [
      ['InstanceType', 'ecs.c7.large'],
      ['SecurityGroupIds', 'sg-1'],
      ['SecurityGroupIds', 'sg-2'],
      ['Tag', 'env=prod'],
      ['Tag', 'note=a,b=c'],
      ['SystemDisk', 'Size=40,Category=cloud_essd'],
      ['DataDisk', 'Size=100,DiskName=data'],
      ['DataDisk', 'Size=200'],
      ['Amount', '2'],
      ['DryRun', true],
    ]
    expect(await input('RunInstances', ...given)).toEqual({
      InstanceType: 'ecs.c7.large',
      SecurityGroupIds: ['sg-1', 'sg-2'],
      Tag: [
        { Key: 'env', Value: 'prod' },
        { Key: 'note', Value: 'a,b=c' },
      ],
      SystemDisk: { Size: '40', Category: 'cloud_essd' },
      DataDisk: [{ Size: 100, DiskName: 'data' }, { Size: 200 }],
      Amount: 2,
      DryRun: true,
    })
  })

  it('take the names of the wire and JSON as well', async () => {
    expect(await input('DescribeInstances', ['Tag.1.Key', 'env'], ['InstanceIds', 'i-1'], ['InstanceIds', 'i-2'])).toEqual({
      Tag: [{ Key: 'env' }],
      InstanceIds: ['i-1', 'i-2'],
    })
    expect(await input('DescribeInstances', ['InstanceIds', '["i-1"]'])).toEqual({ InstanceIds: ['i-1'] })
    expect(await input('StopInstances', ['InstanceId', '["i-1","i-2"]'])).toEqual({ InstanceId: ['i-1', 'i-2'] })
  })

  it('read values from standard input', async () => {
    expect(await input('RunInstances', ['UserData', '-'])).toEqual({ UserData: 'read' })
  })

  it('read the items of a list line by line, and no end of a line into a value', async () => {
    const reading = (text: string, action: string, name: string) =>
      inputOf(action, catalogue('ecs').get(action) as Operation, [[name, '-']], { ...world, stdin: () => Promise.resolve(text) }, own)
    expect(await reading('i-1\r\ni-2\n\n', 'DescribeInstances', 'InstanceIds')).toEqual({ InstanceIds: ['i-1', 'i-2'] })
    expect(await reading('["i-1"]\n', 'DescribeInstances', 'InstanceIds')).toEqual({ InstanceIds: ['i-1'] })
    expect(await reading('i-1\n', 'StopInstance', 'InstanceId')).toEqual({ InstanceId: 'i-1' })
    expect(await reading('a\nb\n', 'RunInstances', 'UserData')).toEqual({ UserData: 'a\nb\n' })
    await expect(reading('\n', 'DescribeInstances', 'InstanceIds')).rejects.toThrow('what --InstanceIds reads is empty')
  })

  it.each<[string, Parameter[], string]>([
    ['StopInstance', [], '--InstanceId is required'],
    ['StopInstance', [['InstanceID', 'i-1']], 'StopInstance has no parameter InstanceID; did you mean --InstanceId?'],
    ['StopInstance', [['regoin', 'x']], 'StopInstance has no parameter regoin; did you mean --region?'],
    ['StopInstance', [['constructor', 'x']], 'StopInstance has no parameter constructor; see tanxing api StopInstance --help'],
    ['StopInstance', [['InstanceId', true]], '--InstanceId needs a value'],
    [
      'StopInstance',
      [
        ['InstanceId', 'i-1'],
        ['InstanceId', 'i-2'],
      ] as Parameter[],
      '--InstanceId is given twice',
    ],
    ['RunInstances', [['Amount', 'two']], '--Amount is a whole number'],
    ['RunInstances', [['Amount', '1.5']], '--Amount is a whole number'],
    ['RunInstances', [['SpotPriceLimit', 'cheap']], '--SpotPriceLimit is a number'],
    ['RunInstances', [['DryRun', 'maybe']], '--DryRun is true or false'],
    [
      'RunInstances',
      [
        ['DataDisk.1.Size', '40'],
        ['DataDisk.2.Size', 'big'],
      ],
      '--DataDisk.2.Size is a whole number',
    ],
    ['RunInstances', [['DataDisk', 'DeleteWithInstance=maybe']], '--DataDisk.1.DeleteWithInstance is true or false'],
    ['DescribeInstances', [['InstanceIds', '["i-1"']], '--InstanceIds is not the JSON that it takes'],
    ['RunInstances', [['SystemDisk', '40']], '--SystemDisk is FIELD=VALUE,FIELD=VALUE…; fields: AutoSnapshotPolicyId, Category'],
    ['RunInstances', [['DataDisk', 'Sise=40']], 'RunInstances has no parameter DataDisk.1.Sise'],
    ['RunInstances', [['InstanceChargeType', 'Postpaid']], '--InstanceChargeType is one of PrePaid, PostPaid; did you mean PostPaid?'],
  ])('of %s refuses %j', async (action, given, message) => {
    await expect(input(action, ...given)).rejects.toThrow(message)
  })
})

describe('operations by name', () => {
  it('are those of the product that does not call them deprecated', () => {
    expect(findOperation('DescribeInstances').product).toBe('ecs')
    expect(findOperation('DescribeVpcs').product).toBe('vpc')
    expect(findOperation('DescribeVpcs', 'ecs').product).toBe('ecs')
    expect(findOperation('GetCallerIdentity').product).toBe('sts')
  })

  it('are suggested when they are misspelt', () => {
    expect(() => findOperation('DescribeInstance')).toThrow('no product has an operation DescribeInstance; did you mean DescribeInstances?')
    expect(() => findOperation('RunInstances', 'vpc')).toThrow('Vpc has no operation RunInstances')
  })
})
