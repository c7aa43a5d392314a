import { getCommand } from '../get.ts'
import { kindCommand } from './by-kind.ts'
import { nouns } from './nouns.ts'

/** `tanxing networks get`: all there is to know about VPCs, vSwitches, elastic addresses or interfaces. */
export const command = kindCommand('networks get', {
  vpc: getCommand(nouns.vpc),
  vswitch: getCommand(nouns.vswitch),
  eip: getCommand(nouns.eip),
  interface: getCommand(nouns.interface),
})
