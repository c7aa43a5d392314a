import { toMinutes } from '../../../api/time.ts'
import { primaryInterfaceId } from '../../ids.ts'
import type { OwnTexts } from '../../templates.ts'
import type { Instance } from '../records.ts'

/** Times that no instance has. */
const [createdMark, startedMark, expiresMark, releaseMark] = [9998, 9997, 9996, 9995].map((year) => Date.UTC(year, 10, 12, 13, 14)) as [
  number,
  number,
  number,
  number,
]

const mostTimes = 4096
const known = new Map<number, string>()
/** Instances were often made together. */
function minutes(ms: number | undefined): string {
  if (ms === undefined) return ''
  let text = known.get(ms)
  if (text === undefined) {
    if (known.size >= mostTimes) known.clear()
    known.set(ms, (text = toMinutes(ms)))
  }
  return text
}

const mark = (text: string, name: string): string => text && `\x7fown-${name}\x7f`

const textsOf = (instance: Instance): string[] => [
  instance.id,
  primaryInterfaceId(instance.id),
  instance.instanceName,
  instance.hostName,
  instance.description,
  instance.serialNumber,
  instance.zoneId,
  instance.vpcId,
  instance.vSwitchId,
  instance.privateIpAddress,
  instance.macAddress,
  instance.publicIpAddress,
  instance.keyPairName,
  minutes(instance.createdAt),
  minutes(instance.startedAt),
  minutes(instance.expiresAt),
  minutes(instance.autoReleaseAt),
  ...instance.securityGroupIds,
  ...instance.tags.map((tag) => tag.value),
]

/** In what the instances of one kind, place and state differ: most of a page of DescribeInstances is the same text again and again. */
export const instanceTexts: OwnTexts<Instance> = {
  fields: [
    'id',
    'instanceName',
    'hostName',
    'description',
    'serialNumber',
    'zoneId',
    'vpcId',
    'vSwitchId',
    'privateIpAddress',
    'macAddress',
    'publicIpAddress',
    'keyPairName',
    'createdAt',
    'startedAt',
    'expiresAt',
    'autoReleaseAt',
    'securityGroupIds',
    'tags',
  ],
  of: (instance) =>
    instance.eip !== undefined ||
    instance.attachedInterfaces !== undefined ||
    instance.primaryInterface !== undefined ||
    instance.privateDns !== undefined
      ? undefined
      : textsOf(instance),
  kind({ instanceType, imageId, status, securityGroupIds, tags }) {
    let kind = `${status} ${instanceType} ${imageId} ${securityGroupIds.length}`
    for (const { key } of tags) kind += ` ${key.length} ${key}`
    return kind
  },
  blank: (instance) => ({
    ...instance,
    id: 'i-\x7f1234567890abcdef\x7f',
    instanceName: mark(instance.instanceName, 'name'),
    hostName: mark(instance.hostName, 'host'),
    description: mark(instance.description, 'description'),
    serialNumber: mark(instance.serialNumber, 'serial'),
    zoneId: mark(instance.zoneId, 'zone'),
    vpcId: mark(instance.vpcId, 'vpc'),
    vSwitchId: mark(instance.vSwitchId, 'vswitch'),
    privateIpAddress: mark(instance.privateIpAddress, 'private'),
    macAddress: mark(instance.macAddress, 'mac'),
    publicIpAddress: mark(instance.publicIpAddress, 'public'),
    keyPairName: mark(instance.keyPairName, 'pair'),
    createdAt: createdMark,
    startedAt: instance.startedAt && startedMark,
    expiresAt: instance.expiresAt && expiresMark,
    autoReleaseAt: instance.autoReleaseAt && releaseMark,
    securityGroupIds: instance.securityGroupIds.map((id, at) => mark(id, `group-${at}`)),
    tags: instance.tags.map(({ key, value }, at) => ({ key, value: mark(value, `tag-${at}`) })),
  }),
}
