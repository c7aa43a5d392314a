import { describe, expect, it } from 'vitest'
import { EcsClient } from '../../client/index.ts'
import { createCloud } from '../../cloud/index.ts'
import type { Invocation } from '../command.ts'
import { commands } from '../commands.ts'
import { connect } from '../connect.ts'
import type { Disk } from '../disks/disk.ts'
import type { Instance } from '../instances/instance.ts'
import { collect } from '../output.ts'
import { parse } from '../parse.ts'
import { explainDisk } from './disk.ts'
import { type Explanation, linesOf, toldOf } from './explanation.ts'
import { explainInstance, type Known, readInstance } from './instance.ts'
import { openings } from './openings.ts'
import { explainSecurityGroup } from './security-group.ts'

const instance = {
  InstanceId: 'i-1',
  InstanceName: 'web',
  RegionId: 'cn-hangzhou',
  ZoneId: 'cn-hangzhou-j',
  InstanceType: 'ecs.c7.large',
  Cpu: 2,
  Memory: 4096,
  Status: 'Running',
  InstanceChargeType: 'PostPaid',
  SpotStrategy: 'NoSpot',
  ImageId: 'img',
  CreationTime: '2026-01-01T00:00Z',
  AutoReleaseTime: '',
  DeletionProtection: false,
} as Instance

const known = (fields: Partial<Known> & { readonly instance?: Instance } = {}): Known => ({
  instance,
  disks: [],
  events: [],
  renewal: undefined,
  open: new Map(),
  role: '',
  ...fields,
})

const next = (explanation: Explanation) => explanation.next.map(({ at, what }) => `${at ?? 'any time'}: ${what.en}`)
const governs = ({ governs: facts }: Explanation) => facts.map(({ topic, says }) => `${topic.en}: ${says.en}`)

const event = (NotBefore: string, name: string, cycle: string) =>
  ({
    EventId: 'e-1',
    NotBefore,
    EventType: { Code: 1, Name: name },
    EventCycleStatus: { Code: 1, Name: cycle },
    Reason: '',
  }) as Exclude<Known['events'], Error>[number]

describe('what happens next to an instance', () => {
  it('is in the order of time, and last what may come at any time', () => {
    const spot = { ...instance, SpotStrategy: 'SpotAsPriceGo', AutoReleaseTime: '2026-12-03T00:00:00Z' }
    const events = [event('2026-12-01T00:00:00Z', 'SystemMaintenance.Reboot', 'Inquiring')]
    expect(next(explainInstance(known({ instance: spot, events })))).toEqual([
      '2026-12-01T00:00:00Z: SystemMaintenance.Reboot (Inquiring, e-1)',
      '2026-12-03T00:00:00Z: it is released, as was ordered',
      'any time: it is reclaimed when the market needs it back',
    ])
  })

  it('depends on how a subscription is renewed', () => {
    const subscribed = { ...instance, InstanceChargeType: 'PrePaid', ExpiredTime: '2026-12-24T16:00Z' }
    const renewal = { RenewalStatus: 'AutoRenewal', Duration: 1, PeriodUnit: 'Month' } as Known['renewal']
    expect(next(explainInstance(known({ instance: subscribed, renewal })))).toEqual([
      '2026-12-24T16:00Z: the subscription ends, and is renewed by itself for 1 Month',
    ])
    const byHand = explainInstance(known({ instance: subscribed, renewal: { RenewalStatus: 'Normal' } as Known['renewal'] }))
    expect(next(byHand)[0]).toContain('unless renewed')
    expect(byHand.advice.map(({ command }) => command)).toContain('tanxing instances auto-renew i-1 --region cn-hangzhou')
  })

  it('says what could not be read, and tells the rest', () => {
    const failed = Object.assign(new Error('no'), { code: 'Timeout' })
    const one = explainInstance(known({ disks: failed, events: failed, role: failed, open: new Map([['sg-1', failed]]) }))
    expect(governs(one)).toEqual(expect.arrayContaining(['RAM role: unknown (Timeout)', 'security group sg-1: unknown (Timeout)']))
    expect(next(one)).toEqual(['any time: system events: unknown (Timeout)'])
  })
})

describe('what governs an instance', () => {
  it('is its protection, its tags, its locks, and whom its groups let in', () => {
    const one = explainInstance(
      known({
        instance: {
          ...instance,
          DeletionProtection: true,
          Tags: {
            Tag: [
              { TagKey: 'tanxing:protect', TagValue: 'true' },
              { TagKey: 'acs:autoscaling', TagValue: 'asg-1' },
            ],
          },
          OperationLocks: { LockReason: [{ LockReason: 'financial', LockMsg: '' }] },
        },
        open: new Map([
          ['sg-1', ['tcp 22']],
          ['sg-2', []],
        ]),
        role: 'reader',
      }),
    )
    expect(governs(one)).toEqual([
      'charge: pay as you go',
      'deletion protection: on: no release',
      'protect tag: set: tanxing destroys nothing of it',
      'on release: 0 disks go with it',
      'security group sg-1: open to the whole internet: tcp 22',
      'security group sg-2: lets nothing in from the whole internet',
      'RAM role: reader',
      'snapshot policy: none: nothing is kept if a disk is lost',
      'tags of services: acs:autoscaling=asg-1',
      'locked: financial',
    ])
  })

  it('finds what is open to everybody, in each family of addresses, once', () => {
    const rule = (fields: Partial<Parameters<typeof openings>[0][number]>) => ({
      Direction: 'ingress',
      Policy: 'Accept',
      IpProtocol: 'TCP',
      PortRange: '22/22',
      SourceCidrIp: '',
      Ipv6SourceCidrIp: '',
      ...fields,
    })
    const rules = [
      rule({ SourceCidrIp: '0.0.0.0/0' }),
      rule({ Ipv6SourceCidrIp: '::/0' }),
      rule({ SourceCidrIp: '0.0.0.0/0', IpProtocol: 'ALL', PortRange: '-1/-1' }),
      rule({ SourceCidrIp: '0.0.0.0/0', PortRange: '8000/8100' }),
      rule({ SourceCidrIp: '10.0.0.0/8', PortRange: '1/1' }),
      rule({ SourceCidrIp: '0.0.0.0/0', PortRange: '2/2', Policy: 'Drop' }),
    ] as unknown as Parameters<typeof openings>[0]
    expect(openings(rules)).toEqual(['tcp 22', 'all', 'tcp 8000-8100'])
  })
})

describe('an explanation', () => {
  it('advises commands that there are, with options that they take', async () => {
    const subscribed = {
      ...instance,
      InstanceChargeType: 'PrePaid',
      Status: 'Stopped',
      AutoReleaseTime: '2026-12-03T00:00:00Z',
      ExpiredTime: '',
    }
    const disk = { DiskId: 'd-1', DiskName: '', Status: 'Available', Type: 'system', InstanceId: 'i-1', DiskChargeType: 'PostPaid' } as Disk
    const all = [
      explainInstance(
        known({
          instance: subscribed,
          disks: [disk],
          events: [event('2026-12-01T00:00:00Z', 'SystemMaintenance.Reboot', 'Inquiring')],
          renewal: { RenewalStatus: 'Normal' } as Known['renewal'],
          open: new Map([['sg-1', ['tcp 22']]]),
        }),
      ),
      explainInstance(known({ instance: { ...instance, DeletionProtection: true } })),
      explainDisk(disk, 'cn-hangzhou'),
      explainSecurityGroup({ group: { SecurityGroupId: 'sg-1' } as never, regionId: 'cn-hangzhou', open: [], namedBy: [], members: [] }),
    ]
    const advised = all.flatMap(({ advice }) => advice.map(({ command }) => command))
    expect(advised.length).toBeGreaterThan(12)
    for (const line of advised) {
      const [program, ...words] = line.split(' ')
      expect(program).toBe('tanxing')
      const name = [words.slice(0, 2).join(' '), words[0] ?? ''].find((one) => Object.hasOwn(commands, one)) ?? ''
      const entry = commands[name]
      expect(entry, line).toBeDefined()
      const command = (await entry?.load())?.command
      expect(() => command && parse(command, words.slice(name.split(' ').length)), line).not.toThrow()
    }
  })

  it('is lined up in both languages, with nothing that rules the terminal', () => {
    const one = explainInstance(known({ instance: { ...instance, InstanceName: 'a\u001b[2Jb' } }))
    for (const language of ['en', 'zh'] as const) {
      const lines = linesOf(one, language, (text) => text.length)
      expect(lines[0]).toBe('i-1 a [2Jb')
      expect(lines.every((line) => !line.includes('\u001b'))).toBe(true)
    }
    expect(toldOf(one, 'zh').Kind).toBe('实例')
  })

  it('is of all that the demo estate has', async () => {
    const cloud = await createCloud({ seed: 'demo', clock: 'manual' })
    const { fetch, credentials } = cloud
    const invocation = {
      world: {
        env: { ALIBABA_CLOUD_ACCESS_KEY_ID: credentials.accessKeyId, ALIBABA_CLOUD_ACCESS_KEY_SECRET: credentials.accessKeySecret },
        home: '/nowhere',
      },
      values: { text: () => undefined, list: () => [], flag: () => false },
    } as unknown as Invocation
    const connected = await connect(invocation, { fetch, endpoint: 'http://127.0.0.1', regionId: 'us-west-1' })
    const signal = new AbortController().signal
    const ecs = new EcsClient({ regionId: 'us-west-1', endpoint: 'http://127.0.0.1', fetch, credentials })
    for (const one of await collect(ecs.paginate('DescribeInstances'))) {
      const { is, governs: facts } = explainInstance(await readInstance(one, connected, signal))
      expect(is.length).toBeGreaterThan(4)
      expect(facts.filter(({ says }) => says.en.startsWith('unknown'))).toEqual([])
    }
    await cloud.close()
  })
})
