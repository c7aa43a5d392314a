import type { LifeContext, Lifecycles } from '../../lifecycle.ts'
import { withLocksOf } from '../instance/locks.ts'
import type { Disk } from '../records.ts'
import { mountsOf } from './find.ts'
import { freed } from './leaving.ts'

/** Milliseconds of the cloud's time. Only DetachDisk is published, with a minute at most; the rest is unconfirmed. */
export const durations = { create: 5_000, attach: 2_000, detach: 4_000, reInit: 5_000, spec: 10_000, start: 8_000 } as const

/** Of a transition that is about one disk on one instance. */
export const attachment = (diskId: string, instanceId: string): string => `${diskId}/${instanceId}`

function mounted(subject: string, { state }: LifeContext, status: Disk['status']): { disk: Disk; instanceId: string } | undefined {
  const [diskId = '', instanceId = ''] = subject.split('/')
  const disk = state.disks.get(diskId)
  const there = disk?.status === status && mountsOf(disk).some((mount) => mount.instanceId === instanceId)
  return there ? { disk, instanceId } : undefined
}

/** The disk is as it was made, or as its snapshot was. */
function restored(subject: string, { state }: LifeContext): Disk | undefined {
  const disk = state.disks.get(subject)
  return disk?.status === 'ReIniting' ? state.disks.put({ ...disk, status: disk.instanceId === '' ? 'Available' : 'In_use' }) : undefined
}

export const lifecycles: Lifecycles = {
  'disk.created': (subject, { state, now }) => {
    const disk = state.disks.get(subject)
    if (disk?.status !== 'Creating') return
    const attached = disk.instanceId !== ''
    state.disks.put({ ...disk, status: attached ? 'In_use' : 'Available', attachedAt: attached ? now : undefined })
  },
  'disk.attached': (subject, context) => {
    const { disk, instanceId } = mounted(subject, context, 'Attaching') ?? {}
    if (disk === undefined || instanceId === undefined) return
    const mounts = disk.mounts?.map((mount) => (mount.instanceId === instanceId ? { ...mount, attachedAt: context.now } : mount))
    const host = context.state.instances.get(instanceId)
    const now = { ...disk, ...(mounts && { mounts }), status: 'In_use', attachedAt: context.now } as const
    context.state.disks.put(host && !disk.multiAttach ? withLocksOf(host, now) : now)
  },
  'disk.detached': (subject, context) => {
    const { disk, instanceId } = mounted(subject, context, 'Detaching') ?? {}
    if (disk && instanceId) context.state.disks.put(freed(disk, instanceId, context.now))
  },
  'disk.restored': (subject, context) => void restored(subject, context),
  'disk.restoredToStart': (subject, context) => {
    const { state, schedule } = context
    const instance = state.instances.get(restored(subject, context)?.instanceId ?? '')
    if (instance?.status !== 'Stopped' || instance.releasing) return
    state.instances.put({ ...instance, status: 'Starting' })
    schedule('instance.running', instance.id, durations.start)
  },
  'disk.respecified': (subject, { state }) => {
    const disk = state.disks.get(subject)
    if (disk?.becoming === undefined) return
    const { becoming, ...before } = disk
    state.disks.put({ ...before, ...becoming })
  },
}
