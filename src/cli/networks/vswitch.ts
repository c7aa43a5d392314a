import type * as Vpc from '../../api/generated/vpc.ts'
import type { Noun } from '../select/select.ts'

type VSwitch = Vpc.Items['DescribeVSwitches']

/** vSwitches on the command line. */
export const vSwitches: Noun<VSwitch> = {
  one: { en: 'vSwitch', zh: '交换机' },
  many: { en: 'vSwitches', zh: '交换机' },
  prefix: 'vsw-',
  id: ({ VSwitchId }) => VSwitchId,
  name: ({ VSwitchName }) => VSwitchName,
  columns: [],
  filters: {},
  async *read({ vpc }, input, signal) {
    yield* (await vpc()).paginate('DescribeVSwitches', input, { signal })
  },
  // One call takes several, apart by commas.
  withIds: (ids) => ({ VSwitchId: ids.join(',') }),
  withName: (VSwitchName) => ({ VSwitchName }),
}
