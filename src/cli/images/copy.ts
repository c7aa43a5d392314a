import type { Ecs } from '../../client/index.ts'
import { CommandError } from '../errors.ts'
import { makeCommand } from '../make.ts'
import { demanded } from '../numbers.ts'
import { tagsOf } from '../select/filters.ts'
import { named } from '../select/select.ts'
import { images } from './image.ts'

/** `tanxing images copy`: copies images to another region and waits until they can be used there. */
export const command = makeCommand({
  noun: images,
  verb: { en: 'copy', zh: '复制' },
  done: { en: 'copied', zh: '已复制' },
  usage: 'ID|NAME… --to REGION [OPTIONS]',
  options: {
    to: { type: 'string', value: 'REGION', help: { en: 'the region of the copy', zh: '目标地域' } },
    name: { type: 'string', value: 'NAME', help: { en: "the copy's name; the image's own by default", zh: '副本名称；默认与原镜像相同' } },
    encrypted: { type: 'boolean', help: { en: 'encrypt the copy', zh: '加密副本' } },
    tag: { type: 'string', multiple: true, value: 'KEY=VALUE', help: { en: 'tag', zh: '标签' } },
  },
  action: 'CopyImage',
  idsOf: (answer) => [(answer as Ecs.CopyImageResult).ImageId],
  goal: 'Available',
  dryRuns: true,
  patience: 7_200,
  read(invocation) {
    const { values, rest } = invocation
    if (rest.length === 0) throw new CommandError({ en: 'name the images by id or name', zh: '请用 ID 或名称指定镜像' })
    if (rest.length > 1 && values.text('name') !== undefined)
      throw new CommandError({ en: '--name is for one image', zh: '--name 只用于复制一个镜像' })
    const Tag = tagsOf(values)
    return {
      DestinationRegionId: demanded(invocation, 'to', 'regions list'),
      ...(values.flag('encrypted') && { Encrypted: true }),
      ...(Tag.length > 0 && { Tag }),
    }
  },
  makings: async (input, connected, { values, rest, world }) =>
    (await named(rest, images, connected, world.signal)).map(({ ImageId, ImageName }) => ({
      name: ImageName || ImageId,
      input: { ...input, ImageId, DestinationImageName: values.text('name') ?? ImageName },
    })),
  what: (_, total) => ({ en: total === 1 ? '1 image' : `${total} images`, zh: `${total} 个镜像` }),
  region: ({ DestinationRegionId }) => DestinationRegionId,
})
