import { demand } from '../../fault.ts'
import type { Context } from '../../operation.ts'
import { owned } from '../../owned.ts'
import type { LaunchTemplate, LaunchTemplateVersion } from './records.ts'

export interface Named {
  readonly LaunchTemplateId?: string | undefined
  readonly LaunchTemplateName?: string | undefined
}

type Seen = Pick<Context, 'state' | 'accountId' | 'regionId'>

export const versionKey = (templateId: string, number: number): string => `${templateId}/${number}`

/** The caller's template of a name in the region: a name is given once. */
export const templateNamed = (name: string, { state, accountId, regionId }: Seen): LaunchTemplate | undefined =>
  state.launchTemplates.select({ accountId, regionId, where: (template) => template.name === name })[0]

/**
 * The caller's template, by its id or its name; where both are given they must mean the same (unconfirmed).
 * @throws Fault MissingParameter, InvalidLaunchTemplate.NotFound
 */
export function templateOf({ LaunchTemplateId: id, LaunchTemplateName: name }: Named, context: Seen, status?: number): LaunchTemplate {
  demand(id || name, 'MissingParameter', 'One of LaunchTemplateId and LaunchTemplateName must be given.', 400)
  const template = id ? owned(context.state.launchTemplates.get(id), context) : templateNamed(name ?? '', context)
  const found = template !== undefined && (!name || template.name === name)
  demand(found, 'InvalidLaunchTemplate.NotFound', 'The specified launch template does not exist.', status)
  return template
}

/**
 * One version of a template.
 * @throws Fault InvalidLaunchTemplateVersion.NotFound
 */
export function versionOf(
  template: LaunchTemplate,
  number: number,
  { state }: Pick<Seen, 'state'>,
  status?: number,
): LaunchTemplateVersion {
  const version = state.launchTemplateVersions.get(versionKey(template.id, number))
  demand(version, 'InvalidLaunchTemplateVersion.NotFound', 'The specified version of the launch template does not exist.', status)
  return version
}

/** The versions of a template, the newest first. */
export const versionsOf = (template: LaunchTemplate, { state }: Pick<Seen, 'state'>): LaunchTemplateVersion[] =>
  state.launchTemplateVersions.by('template', template.id).toSorted((a, b) => b.number - a.number)
