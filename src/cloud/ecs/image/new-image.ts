import { publicImages } from '../../../api/images.ts'
import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import type { LifeContext } from '../../lifecycle.ts'
import { imageKey, type State } from '../../state.ts'
import type { OperatingSystem } from '../records.ts'
import { demandOneOf } from '../values.ts'
import type { Image, ImageDisk, ImageFeatures } from './records.ts'

/** So many images of its own an account has in a region (unconfirmed: real accounts can have it raised). */
const mostImages = 100_000
const gapMs = 10_000

interface Named {
  readonly accountId: string
  readonly regionId: string
}

/** 2 to 128 characters that begin with a letter, not with what begins a public image's name or a URL. @throws Fault InvalidImageName.Malformed */
export function demandImageName(name: string | undefined): void {
  const fits = !name || (/^\p{L}.{1,127}$/u.test(name) && !/^(?:https?:\/\/|aliyun|acs:)/.test(name))
  demand(fits, 'InvalidImageName.Malformed', 'The specified ImageName is not valid.')
}

/** @throws Fault InvalidImageName.Duplicated when another image of the account in the region has the name */
export function demandFreeName(name: string | undefined, { accountId, regionId }: Named, { images }: Pick<State, 'images'>): void {
  const free = !name || images.count('name', imageKey({ accountId, regionId, imageName: name })) === 0
  demand(free, 'InvalidImageName.Duplicated', 'The specified ImageName is taken.')
}

/** Families that begin with `acs:` or `aliyun` are Alibaba Cloud's. That another code refuses one is unconfirmed. @throws Fault InvalidParameter */
export function demandFamily(family: string | undefined): void {
  const fits = !family || (/^\p{L}[\p{L}\p{N}:_.-]{1,127}$/u.test(family) && !/^(?:https?:\/\/|aliyun|acs:)/.test(family))
  demand(fits, 'InvalidParameter', 'The specified ImageFamily is not valid.')
}

/** 1 to 40 characters. @throws Fault InvalidImageVersion.Malformed */
export function demandVersion(version: string | undefined): void {
  demand(!version || version.length <= 40, 'InvalidImageVersion.Malformed', 'The specified ImageVersion is not valid.')
}

/** @throws Fault QuotaExceed.Image */
export function demandImageQuota({ accountId, regionId }: Named, { images }: Pick<State, 'images'>, most = mostImages): void {
  demand(images.list({ accountId, regionId }).length < most, 'QuotaExceed.Image', 'The image quota of the region is exceeded.')
}

/** Platforms that there are public images of, and those documented beside them. */
const otherPlatforms = `
Aliyun, Anolis, AlmaLinux, Amazon Linux, CentOS, CentOS Stream, CoreOS, Customized Linux,
Debian, Fedora, Fedora CoreOS, FreeBSD, Gentoo, Kylin, OpenSUSE, Others Linux,
Red Hat, Rocky Linux, SUSE, Ubuntu, UOS, Other Windows, Windows 7, Windows Server 2003,
Windows Server 2008, Windows Server 2012, Windows Server 2016, Windows Server 2019, Windows Server 2022, Windows Server 2025`
  .trim()
  .split(/,\s*/)

/** Which system a platform is, in the words of the images there are of it. @throws Fault InvalidPlatform.Malformed */
export function osOfPlatform(platform: string, architecture: string | undefined): OperatingSystem {
  const known = [...publicImages().values()].find((image) => image.Platform === platform)
  demand(known || otherPlatforms.includes(platform), 'InvalidPlatform.Malformed', 'The specified Platform is not valid.')
  const windows = platform.includes('Windows')
  const arch = architecture || 'x86_64'
  const bits = arch === 'i386' ? '32' : '64'
  return {
    type: windows ? 'windows' : 'linux',
    platform,
    name: `${platform}  ${bits}位`,
    nameEn: `${platform}  ${bits} bit`,
    architecture: arch,
  }
}

interface FeatureInput {
  readonly BootMode?: string | undefined
  readonly Features?: { readonly ImdsSupport?: string | undefined; readonly NvmeSupport?: string | undefined } | undefined
  readonly SecureBootOptions?: { readonly SecureBootSupport?: string | undefined } | undefined
  readonly DetectionStrategy?: string | undefined
}

/** What is given of the features, checked; the codes are unconfirmed. @throws Fault InvalidParameter */
export function featuresOf(input: FeatureInput): Partial<ImageFeatures> {
  const { BootMode, Features: { ImdsSupport, NvmeSupport } = {}, SecureBootOptions: { SecureBootSupport } = {} } = input
  demandOneOf(BootMode, ['BIOS', 'UEFI', 'UEFI-Preferred'], 'BootMode', 'InvalidParameter')
  demandOneOf(ImdsSupport, ['v1', 'v2'], 'Features.ImdsSupport', 'InvalidParameter')
  demandOneOf(NvmeSupport, ['supported', 'unsupported'], 'Features.NvmeSupport', 'InvalidParameter')
  demandOneOf(SecureBootSupport, ['supported', 'unsupported'], 'SecureBootOptions.SecureBootSupport', 'InvalidParameter')
  demandOneOf(input.DetectionStrategy, ['Standard'], 'DetectionStrategy', 'InvalidParameter')
  return {
    ...(BootMode && { bootMode: BootMode }),
    ...(ImdsSupport && { imdsSupport: ImdsSupport }),
    ...(NvmeSupport && { nvmeSupport: NvmeSupport }),
    ...(SecureBootSupport && { secureBoot: SecureBootSupport }),
  }
}

/** What an image is made with; the rest is as it comes. */
export type NewImage = Named &
  Pick<Image, 'os'> & { readonly disks: readonly ImageDisk[] } & Partial<Omit<Image, 'id' | 'createdAt' | 'disks' | 'os'>>

/** How long an image takes: until its snapshots are there and a moment more, or `leastMs`. */
function durationOf(disks: readonly ImageDisk[], leastMs: number, { state, now }: LifeContext): number {
  const ready = disks.map((disk) => state.snapshots.get(disk.snapshotId)?.readyAt ?? now)
  return Math.max(leastMs, ...ready.map((at) => at - now)) + gapMs
}

const systemSize = (disks: readonly ImageDisk[]) => disks.find((disk) => disk.type === 'system')?.size ?? 0

/** Puts an image that is being made; it is Available once its snapshots are accomplished. One without a name goes by its id. */
export function putImage(asked: NewImage, context: LifeContext, leastMs = 0): Image {
  const { state, random, now, schedule } = context
  const id = newId('m', asked.regionId, random)
  const durationMs = durationOf(asked.disks, leastMs, context)
  const image = state.images.put({
    description: '',
    imageFamily: '',
    imageVersion: '',
    bootMode: asked.os.architecture === 'arm64' ? 'UEFI' : 'BIOS',
    imdsSupport: 'v1',
    nvmeSupport: 'supported',
    secureBoot: 'unsupported',
    licenseType: 'Auto',
    detected: false,
    sharedWith: [],
    isPublic: false,
    resourceGroupId: '',
    tags: [],
    status: 'Creating',
    ...asked,
    id,
    imageName: asked.imageName || id,
    createdAt: now,
    readyAt: now + durationMs,
    size: systemSize(asked.disks),
  })
  if (image.status === 'Creating') schedule('image.created', id, durationMs)
  return image
}

/** Lets a copy that waited begin, with the snapshots it has now. */
export function beginImage(image: Image, disks: readonly ImageDisk[], context: LifeContext): Image {
  const durationMs = durationOf(disks, 0, context)
  const readyAt = context.now + durationMs
  context.schedule('image.created', image.id, durationMs)
  return context.state.images.put({ ...image, disks, size: systemSize(disks), status: 'Creating', readyAt })
}
