import type { EventCycle } from './records.ts'

export interface EventKind {
  /** The number beside the name in answers. Those of SystemMaintenance.Reboot, SystemFailure.Reboot and InstanceExpiration.Stop are published, the others unconfirmed. */
  readonly code: number
  /** What is done to the instance; undefined for what another part of the cloud does itself (expiry, reclaim) and only tells of. */
  readonly does?: 'reboot' | 'redeploy' | 'stop'
  /** A failure has happened when it is told, so it is under way from the start. */
  readonly starts: 'Scheduled' | 'Executing'
  /** Where RedeployInstance answers a real event of this type. */
  readonly redeployedWhen?: readonly EventCycle[]
}

export const eventKinds: { readonly [type: string]: EventKind } = {
  'SystemMaintenance.Reboot': { code: 1, does: 'reboot', starts: 'Scheduled', redeployedWhen: ['Inquiring', 'Scheduled'] },
  'SystemMaintenance.Stop': { code: 2, does: 'stop', starts: 'Scheduled' },
  'SystemMaintenance.Redeploy': { code: 3, does: 'redeploy', starts: 'Scheduled', redeployedWhen: ['Inquiring', 'Scheduled'] },
  'InstanceExpiration.Stop': { code: 34, starts: 'Scheduled' },
  'InstanceExpiration.Delete': { code: 35, starts: 'Scheduled' },
  'AccountUnbalanced.Stop': { code: 36, starts: 'Scheduled' },
  'AccountUnbalanced.Delete': { code: 37, starts: 'Scheduled' },
  'InstanceFailure.Reboot': { code: 64, does: 'reboot', starts: 'Executing' },
  // Documented for instances with local disks; here for all (unconfirmed).
  'SystemFailure.Reboot': { code: 65, does: 'reboot', starts: 'Executing', redeployedWhen: ['Executing'] },
  'SystemFailure.Stop': { code: 66, does: 'stop', starts: 'Executing' },
  'SystemFailure.Redeploy': { code: 67, does: 'redeploy', starts: 'Scheduled', redeployedWhen: ['Inquiring', 'Scheduled'] },
  'SystemFailure.Delete': { code: 68, starts: 'Executing' },
  'Instance:PreemptibleInstanceInterruption': { code: 96, starts: 'Scheduled' },
}

/** The number beside a cycle's name. Those of Executed, Avoided and Scheduled are published, the others unconfirmed. */
export const cycleCodes: { readonly [cycle in EventCycle]: number } = {
  Executed: 0,
  Avoided: 8,
  Executing: 16,
  Scheduled: 24,
  Canceled: 32,
  Failed: 40,
  Inquiring: 48,
}
