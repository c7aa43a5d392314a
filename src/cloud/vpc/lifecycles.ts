import type { Lifecycles } from '../lifecycle.ts'

/**
 * Milliseconds of the cloud's time. Public Terraform logs show 6 to 9 s until a VPC and 4 to 6 s until a vSwitch is Available,
 * and 8 to 23 s until a vSwitch is gone, of which the first 5 s are Terraform's own wait. How long a route entry takes is unconfirmed.
 */
export const durations = { createVpc: 7_000, createVSwitch: 5_000, deleteVSwitch: 5_000, routeEntry: 3_000 } as const

export const lifecycles: Lifecycles = {
  'vpc.available': (subject, { state }) => {
    const row = state.vpcs.get(subject)
    if (row?.status === 'Pending') state.vpcs.put({ ...row, status: 'Available' })
  },
  'vSwitch.available': (subject, { state }) => {
    const row = state.vSwitches.get(subject)
    if (row?.status === 'Pending') state.vSwitches.put({ ...row, status: 'Available' })
  },
  'vSwitch.deleted': (subject, { state }) => state.vSwitches.delete(subject),
  'routeEntry.available': (subject, { state }) => {
    const entry = state.routeEntries.get(subject)
    if (entry && entry.status !== 'Deleting') state.routeEntries.put({ ...entry, status: 'Available' })
  },
  'routeEntry.deleted': (subject, { state }) => state.routeEntries.delete(subject),
}
