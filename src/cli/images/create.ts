import type { Ecs } from '../../client/index.ts'
import { CommandError } from '../errors.ts'
import { instances } from '../instances/instance.ts'
import { makeCommand } from '../make.ts'
import { tagsOf } from '../select/filters.ts'
import { named } from '../select/select.ts'
import { snapshots } from '../snapshots/snapshot.ts'
import { images } from './image.ts'

/** `tanxing images create`: makes an image of an instance or of the snapshot of a system disk, and waits until it can be used. */
export const command = makeCommand({
  noun: images,
  verb: { en: 'create', zh: '创建' },
  done: { en: 'created', zh: '已创建' },
  usage: 'NAME [OPTIONS]',
  options: {
    instance: {
      type: 'string',
      value: 'ID|NAME',
      help: { en: 'of all disks of this instance, as they are now', zh: '源实例，包含其全部云盘的当前内容' },
    },
    snapshot: { type: 'string', value: 'ID|NAME', help: { en: 'of this snapshot of a system disk', zh: '源系统盘快照' } },
    family: { type: 'string', value: 'NAME', help: { en: 'image family, of which it becomes the newest', zh: '镜像族系' } },
    description: { type: 'string', value: 'TEXT', help: { en: 'description', zh: '描述' } },
    tag: { type: 'string', multiple: true, value: 'KEY=VALUE', help: { en: 'tag', zh: '标签' } },
  },
  action: 'CreateImage',
  idsOf: (answer) => [(answer as Ecs.CreateImageResult).ImageId],
  goal: 'Available',
  dryRuns: true,
  patience: 3_600,
  read({ values, rest }) {
    const [ImageName, ...more] = rest
    if (ImageName === undefined || more.length > 0) throw new CommandError({ en: 'give the new image one name', zh: '请给出一个镜像名称' })
    if ((values.text('instance') === undefined) === (values.text('snapshot') === undefined))
      throw new CommandError({ en: 'say what it is made of: --instance or --snapshot', zh: '请指定来源：--instance 或 --snapshot' })
    const Tag = tagsOf(values)
    return { ImageName, ImageFamily: values.text('family'), Description: values.text('description'), ...(Tag.length > 0 && { Tag }) }
  },
  async makings(input, connected, { values, world }) {
    const [instance, snapshot] = [values.text('instance'), values.text('snapshot')]
    const [ofInstance] = instance === undefined ? [] : await named([instance], instances, connected, world.signal)
    const [ofSnapshot] = snapshot === undefined ? [] : await named([snapshot], snapshots, connected, world.signal)
    return [{ name: input.ImageName, input: { ...input, InstanceId: ofInstance?.InstanceId, SnapshotId: ofSnapshot?.SnapshotId } }]
  },
  what: () => ({ en: '1 image', zh: '1 个镜像' }),
})
