import { deedCommand } from '../safety/command.ts'
import { imageDeed } from './deeds.ts'
import type { Image } from './image.ts'

const kind = { en: 'image; its snapshots stay', zh: '镜像（其快照保留）' } as const

/** `tanxing images delete`: deletes images for good and waits until they are gone. */
export const command = deedCommand<Image>({
  ...imageDeed,
  verb: { en: 'delete', zh: '删除' },
  done: { en: 'deleted', zh: '已删除' },
  action: 'DeleteImage',
  goal: 'Deleted',
  limit: 50,
  dryRuns: true,
  options: {
    force: { type: 'boolean', help: { en: 'also those that instances use or that are shared', zh: '被实例使用或已共享的镜像也删除' } },
  },
  input: ({ values }) => (values.flag('force') ? { Force: true } : {}),
  losses: (items) => Promise.resolve(new Map(items.map(({ ImageId, Size }) => [ImageId, [{ kind, what: `${ImageId} ${Size} GiB` }]]))),
})
