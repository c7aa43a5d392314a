import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { ecs } from '../../operation.ts'
import { owned } from '../../owned.ts'
import { page } from '../../paging.ts'
import { demandResourceGroup } from '../instance/places.ts'
import { instanceOf } from '../instance/power.ts'
import { demandSettled } from '../instance/public-ip.ts'
import { shownTags, newTags, tagTest } from '../tags.ts'
import { demandDescription, demandName, demandOneOf, equalities, passes } from '../values.ts'
import { durations } from './life.ts'
import type { StorageChannel } from './records.ts'

/** Channels of one instance (unconfirmed, as are all codes here). */
const mostChannels = 16

/**
 * An instance has one channel that is Primary. Real ones are of types that are made for it, which are not published:
 * here every instance has them (unconfirmed).
 */
export const CreateVsc = ecs(
  'CreateVsc',
  ['InstanceId', 'VscType', 'VscName', 'Description', 'ResourceGroupId', 'Tag'],
  (input, context) => {
    const { state, random, accountId, regionId, now, schedule } = context
    const instance = instanceOf(input.InstanceId, context)
    demandSettled(instance)
    demandOneOf(input.VscType, ['Primary', 'Standard'], 'VscType', 'InvalidParameter')
    demandName(input.VscName, 'VscName', 'InvalidParameter')
    demandDescription(input.Description, 'Description', 'InvalidParameter')
    const type = input.VscType === 'Standard' ? 'Standard' : 'Primary'
    const channels = state.storageChannels.by('instance', instance.id)
    const first = type === 'Standard' || channels.every((channel) => channel.type !== 'Primary')
    demand(first, 'OperationDenied', 'The instance has a Primary channel already.', 403)
    demand(channels.length < mostChannels, 'OperationDenied', `An instance has at most ${mostChannels} channels.`, 403)
    const channel = state.storageChannels.put({
      id: newId('vsc', regionId, random),
      accountId,
      regionId,
      instanceId: instance.id,
      name: input.VscName ?? '',
      description: input.Description ?? '',
      type,
      status: 'Attaching',
      createdAt: now,
      resourceGroupId: demandResourceGroup(input.ResourceGroupId),
      tags: newTags(input.Tag),
    })
    schedule('storageChannel.attached', channel.id, durations.attach)
    return { VscId: channel.id }
  },
)

/** No file system is attached to a channel here, so nothing keeps it. */
export const DeleteVsc = ecs('DeleteVsc', ['VscId'], ({ VscId }, context) => {
  const { state, schedule } = context
  const channel = owned(state.storageChannels.get(VscId), context)
  demand(channel, 'InvalidParameter', 'The specified VscId does not exist.')
  demand(channel.status === 'In_use', 'OperationDenied', 'The channel is being attached or detached.', 403)
  state.storageChannels.put({ ...channel, status: 'Detaching' })
  schedule('storageChannel.detached', channel.id, durations.detach)
  return {}
})

const statuses = ['In_use', 'Attaching', 'Detaching', 'AttachFailed', 'DetachFailed', 'All']
const mostIds = 100

const channelView = (channel: StorageChannel) => ({
  VscId: channel.id,
  VscName: channel.name,
  Description: channel.description,
  VscType: channel.type,
  InstanceId: channel.instanceId,
  Status: channel.status,
  ResourceGroupId: channel.resourceGroupId,
  Tags: shownTags(channel.tags).Tag,
})

export const DescribeVscs = ecs(
  'DescribeVscs',
  ['VscIds', 'InstanceId', 'Status', 'ResourceGroupId', 'Tag', 'NextToken', 'MaxResults'],
  (input, { state, accountId, regionId }) => {
    demandOneOf(input.Status, statuses, 'Status', 'InvalidParameter')
    const ids = input.VscIds?.length ? input.VscIds : undefined
    demand((ids?.length ?? 0) <= mostIds, 'InvalidParameter', `At most ${mostIds} VscIds can be given.`)
    const status: string | undefined = input.Status === 'All' ? undefined : input.Status
    const where = passes<StorageChannel>([
      status ? (channel) => channel.status === status : undefined,
      tagTest(input.Tag),
      ...equalities<StorageChannel, typeof input>(input, { ResourceGroupId: (channel) => channel.resourceGroupId }),
    ])
    const found = state.storageChannels.list({ accountId, regionId, ids, by: { instance: input.InstanceId || undefined }, where })
    const { NextToken, MaxResults = 10 } = input
    const { rows, fields } = page(found, { NextToken, MaxResults }, { maxSize: 500, maxResults: [10, 500] })
    return { Vscs: rows.map(channelView), NextToken: fields.NextToken }
  },
)
