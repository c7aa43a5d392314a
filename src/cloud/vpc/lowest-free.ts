import { parseAddress } from './cidr.ts'

/** From where on each vSwitch is searched for a free address: everything below is taken. */
export interface LowestFree {
  /** Undefined for the vSwitch's first one. */
  of(vSwitchId: string): string | undefined
  /** Notes that nothing below `address` is free. */
  reached(vSwitchId: string, address: string): void
  /** Notes that `<vSwitch>/<address>`, or a block `<vSwitch>/<address>/28`, may be free again. */
  freed(key: string): void
}

/** Nothing but a short cut: one that starts out blank is right, for any rows. */
export function createLowestFree(): LowestFree {
  const lowest = new Map<string, { readonly address: string; readonly value: number }>()
  const valueOf = (address: string) => parseAddress(address) ?? 0
  return {
    of: (vSwitchId) => lowest.get(vSwitchId)?.address,
    reached: (vSwitchId, address) => void lowest.set(vSwitchId, { address, value: valueOf(address) }),
    freed(key) {
      const [vSwitchId = '', address = ''] = key.split('/')
      const known = lowest.get(vSwitchId)
      if (known === undefined) return
      const value = valueOf(address)
      if (value < known.value) lowest.set(vSwitchId, { address, value })
    },
  }
}
