/**
 * `node:net`, loaded when an address is looked at for the first time: with all that it needs it takes longer to load than a list takes to
 * be answered, and most requests have no address that has to be told apart.
 */
const net = () => process.getBuiltinModule('node:net')

/** 4 or 6 for an address of that family, 0 for any other text. */
export const isIP = (text: string): number => net().isIP(text)

export const isIPv6 = (text: string): boolean => net().isIPv6(text)

/** An empty list of addresses and blocks that an address can be held against. */
export const createBlockList = () => new (net().BlockList)()
