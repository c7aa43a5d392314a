import { demand } from '../../fault.ts'
import { demandHonoured } from '../../honoured.ts'
import type { Context } from '../../operation.ts'
import type { LaunchInput } from '../instance/launch-input.ts'
import { type InterfacesInput, withInterfaces } from '../instance/primary-interface.ts'
import type { TemplateData } from './data.ts'
import { type Named, templateOf, versionOf } from './find.ts'

interface FromTemplate extends Named, InterfacesInput {
  readonly LaunchTemplateVersion?: number | undefined
}

/** What a template says for the console alone: it has no parameter in a launch (that it changes nothing is unconfirmed). */
const forConsole: ReadonlySet<string> = new Set(['VpcId', 'NetworkType', 'ImageOwnerAlias', 'EnableVmOsConfig', 'Iops'])
const without = (input: object): object => Object.fromEntries(Object.entries(input).filter(([name]) => !forConsole.has(name)))

function launchable(data: TemplateData): InterfacesInput {
  demand(data.NetworkType !== 'classic', 'UnsupportedParameter', 'The classic network is closed to new instances.')
  return { ...without(data), ...(data.SystemDisk && { SystemDisk: without(data.SystemDisk) }) }
}

const isGiven = (value: unknown) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
const given = (input: object): object => Object.fromEntries(Object.entries(input).filter(([, value]) => isGiven(value)))

/** A list of the call replaces the template's; the fields of the system disk are taken one by one. */
function merged(template: LaunchInput, own: LaunchInput): LaunchInput {
  const grouped = own.SecurityGroupId || own.SecurityGroupIds?.length
  return {
    ...template,
    ...(grouped && { SecurityGroupId: undefined, SecurityGroupIds: undefined }),
    ...(own.ImageFamily && { ImageId: undefined }),
    // Another vSwitch has other addresses, and maybe another zone.
    ...(own.VSwitchId && { ZoneId: undefined, PrivateIpAddress: undefined }),
    ...given(own),
    SystemDisk: { ...template.SystemDisk, ...given(own.SystemDisk ?? {}) },
  }
}

/**
 * A launch with what the template it names says under its own parameters: those win.
 * @param honours the parameters that the launch acts on, which bounds what a template may say as well
 * @throws Fault InvalidLaunchTemplate.NotFound, InvalidLaunchTemplateVersion.NotFound, UnsupportedParameter
 */
export function withTemplate(input: FromTemplate, honours: readonly string[], context: Context): LaunchInput {
  const { LaunchTemplateId, LaunchTemplateName, LaunchTemplateVersion, ...asked } = input
  const own = withInterfaces(asked)
  if (!LaunchTemplateId && !LaunchTemplateName) return own
  const template = templateOf({ LaunchTemplateId, LaunchTemplateName }, context, 400)
  const data = launchable(versionOf(template, LaunchTemplateVersion ?? template.defaultVersion, context).data)
  demandHonoured({ ...data }, new Set([...honours, 'SystemDisk.DeleteWithInstance']), 'RunInstances')
  return merged(withInterfaces(data), own)
}
