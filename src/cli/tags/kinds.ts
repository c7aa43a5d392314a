import type { Command } from '../command.ts'
import { savedCommands } from '../commands/saved.ts'
import type { Connection } from '../connect.ts'
import { disks } from '../disks/disk.ts'
import { type Image, images } from '../images/image.ts'
import { instances } from '../instances/instance.ts'
import { keyPairs } from '../key-pairs/key-pair.ts'
import { launchTemplates } from '../launch-templates/template.ts'
import { interfaces } from '../networks/nouns.ts'
import { deedCommand } from '../safety/command.ts'
import { securityGroups } from '../security-groups/security-group.ts'
import type { Noun } from '../select/select.ts'
import { snapshots } from '../snapshots/snapshot.ts'
import { type Change, tagDeed, type Tagged } from './deed.ts'

/** A kind of thing that can be tagged. */
export interface Kind {
  /** All there are of the account's own. */
  readonly read: (connection: Connection, signal: AbortSignal) => AsyncIterable<Tagged>
  /** The command that changes the tags of some. */
  readonly command: (change: Change) => Command
}

/** @param type the name that the tags' operations and RAM have for it */
const kind = <T extends Tagged>(noun: Noun<T>, type: string): Kind => ({
  read: (connection, signal) => noun.read(connection, {}, signal),
  command: (change) => deedCommand(tagDeed(noun, type, change)),
})

const ownImages: Noun<Image> = {
  ...images,
  read: (connection, input, signal) => images.read(connection, { ...input, ImageOwnerAlias: 'self' }, signal),
}

/** By the nouns of the command line. */
export const kinds = {
  instances: kind(instances, 'instance'),
  disks: kind(disks, 'disk'),
  snapshots: kind(snapshots, 'snapshot'),
  images: kind(ownImages, 'image'),
  'security-groups': kind(securityGroups, 'securitygroup'),
  'key-pairs': kind(keyPairs, 'keypair'),
  'launch-templates': kind(launchTemplates, 'launchtemplate'),
  interfaces: kind(interfaces, 'eni'),
  commands: kind(savedCommands, 'command'),
} as const satisfies Readonly<Record<string, Kind>>

export type KindName = keyof typeof kinds
export const kindNames = Object.keys(kinds) as KindName[]
