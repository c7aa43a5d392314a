import type { LifeContext } from '../../lifecycle.ts'
import type { Instance } from '../records.ts'

/** How long it takes a group to see that it has lost an instance (unconfirmed). */
const noticedMs = 30_000

/** Lets the group of an instance see that this is gone, or holds no stock any more. */
export function noteLoss({ provisioning }: Pick<Instance, 'provisioning'>, { schedule }: Pick<LifeContext, 'schedule'>): void {
  if (provisioning !== undefined) schedule('provisioning.check', provisioning.groupId, noticedMs)
}
