import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { templateOf, versionKey, versionOf, versionsOf } from './find.ts'

export const ModifyLaunchTemplateDefaultVersion = ecs(
  'ModifyLaunchTemplateDefaultVersion',
  ['LaunchTemplateId', 'LaunchTemplateName', 'DefaultVersionNumber'],
  (input, context) => {
    const template = templateOf(input, context)
    const { number } = versionOf(template, input.DefaultVersionNumber, context, 400)
    context.state.launchTemplates.put({ ...template, defaultVersion: number, modifiedAt: context.now })
    return { LaunchTemplateId: template.id }
  },
)

/** Deletes a template with all its versions. What was launched from it stays. */
export const DeleteLaunchTemplate = ecs('DeleteLaunchTemplate', ['LaunchTemplateId', 'LaunchTemplateName'], (input, context) => {
  const { state } = context
  const template = templateOf(input, context)
  const versions = versionsOf(template, context)
  for (const version of versions) state.launchTemplateVersions.delete(version.id)
  state.launchTemplates.delete(template.id)
  return {
    LaunchTemplateId: template.id,
    LaunchTemplateVersionNumbers: { versionNumbers: versions.map((version) => version.number).toReversed() },
  }
})

/** All of the named versions go, or none. */
export const DeleteLaunchTemplateVersion = ecs(
  'DeleteLaunchTemplateVersion',
  ['LaunchTemplateId', 'LaunchTemplateName', 'DeleteVersion'],
  (input, context) => {
    const template = templateOf(input, context)
    const numbers = [...new Set(input.DeleteVersion)]
    demand(numbers.length > 0 && numbers.length <= 30, 'InvalidParameter', 'From 1 to 30 DeleteVersion can be given.')
    const isDefault = numbers.includes(template.defaultVersion)
    demand(!isDefault, 'InvalidOperation.DeleteDefaultVersion', 'The default version of a launch template cannot be deleted.')
    for (const number of numbers) {
      versionOf(template, number, context)
      context.state.launchTemplateVersions.delete(versionKey(template.id, number))
    }
    return {
      LaunchTemplateVersions: {
        LaunchTemplateVersion: numbers.map((number) => ({ LaunchTemplateId: template.id, LaunchTemplateVersionNumber: number })),
      },
    }
  },
)
