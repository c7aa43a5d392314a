import type { Lifecycles } from '../lifecycle.ts'

export const lifecycles: Lifecycles = {
  'vpc.available': (subject, { state }) => {
    const row = state.vpcs.get(subject)
    if (row) state.vpcs.put({ ...row, status: 'Available' })
  },
  'vSwitch.available': (subject, { state }) => {
    const row = state.vSwitches.get(subject)
    if (row) state.vSwitches.put({ ...row, status: 'Available' })
  },
}
