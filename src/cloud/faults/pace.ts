/**
 * Kinds of transitions that are no change under way but an end that was agreed on: a fault that slows or sticks changes does not
 * move them.
 */
export const deadlines: ReadonlySet<string> = new Set([
  'instance.autoRelease',
  'market.stock',
  'spot.market',
  'spot.reclaimed',
  'instance.expired',
  'instance.lessBandwidth',
  'instance.moreBandwidth',
  'instance.overdue',
  'instance.reboot',
  'instance.renewal',
  'pool.ended',
  'provisioning.expired',
  'provisioning.forgotten',
  'provisioning.task',
  'pool.forgotten',
  'pool.renewed',
  'pool.started',
  'snapshot.expired',
  'snapshotPolicy.due',
  'session.expired',
  'replay.expired',
  'event.due',
  'event.forgotten',
  'invocation.due',
  'invocation.forgotten',
  'task.forgotten',
])
