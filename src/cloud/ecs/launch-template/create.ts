import { demand } from '../../fault.ts'
import { newId } from '../../ids.ts'
import { type Context, ecs } from '../../operation.ts'
import { demandResourceGroup } from '../instance/places.ts'
import { newTags } from '../tags.ts'
import { demandDescription } from '../values.ts'
import { dataFields, dataOf, type TemplateData } from './data.ts'
import { templateNamed, templateOf, versionKey } from './find.ts'
import type { LaunchTemplate } from './records.ts'

/** Templates of an account in a region. */
const mostTemplates = 30
/** Versions that a template has at a time. */
const mostVersions = 30

function demandTemplateName(name: string): void {
  const fits = name.length >= 2 && name.length <= 128 && /^\p{L}[\p{L}\d_.:-]*$/u.test(name) && !/^https?:\/\//.test(name)
  demand(fits, 'InvalidLaunchTemplateName.Malformed', 'The specified LaunchTemplateName is not valid.')
}

function putVersion(template: LaunchTemplate, description: string | undefined, data: TemplateData, context: Context): void {
  demandDescription(description, 'VersionDescription', 'InvalidDescription.Malformed')
  demandResourceGroup(data.ResourceGroupId)
  const { id: templateId, accountId, regionId, latestVersion: number } = template
  context.state.launchTemplateVersions.put({
    id: versionKey(templateId, number),
    accountId,
    regionId,
    templateId,
    number,
    description: description ?? '',
    createdAt: context.now,
    createdBy: accountId,
    data,
  })
}

/** Makes a template with its version 1, which is the default. */
export const CreateLaunchTemplate = ecs(
  'CreateLaunchTemplate',
  ['LaunchTemplateName', 'VersionDescription', 'TemplateResourceGroupId', 'TemplateTag', ...dataFields],
  (input, context) => {
    const { state, accountId, regionId, random, now } = context
    const { LaunchTemplateName: name } = input
    demandTemplateName(name)
    demand(!templateNamed(name, context), 'LaunchTemplateName.Duplicated', 'The specified LaunchTemplateName is taken.')
    const held = state.launchTemplates.list({ accountId, regionId }).length
    demand(held < mostTemplates, 'LaunchTemplateLimitExceed', `A region holds at most ${mostTemplates} launch templates.`)
    const data = dataOf(input)
    const template = state.launchTemplates.put({
      id: newId('lt', regionId, random),
      accountId,
      regionId,
      name,
      defaultVersion: 1,
      latestVersion: 1,
      createdAt: now,
      modifiedAt: now,
      createdBy: accountId,
      resourceGroupId: demandResourceGroup(input.TemplateResourceGroupId),
      tags: newTags(input.TemplateTag),
    })
    putVersion(template, input.VersionDescription, data, context)
    return { LaunchTemplateId: template.id, LaunchTemplateVersionNumber: 1 }
  },
)

/** A version takes nothing over from earlier ones. */
export const CreateLaunchTemplateVersion = ecs(
  'CreateLaunchTemplateVersion',
  ['LaunchTemplateId', 'LaunchTemplateName', 'VersionDescription', ...dataFields],
  (input, context) => {
    const { state, now } = context
    const template = templateOf(input, context)
    const held = state.launchTemplateVersions.count('template', template.id)
    demand(held < mostVersions, 'LaunchTemplateVersionLimitExceed', `A launch template has at most ${mostVersions} versions.`)
    const data = dataOf(input)
    const changed = state.launchTemplates.put({ ...template, latestVersion: template.latestVersion + 1, modifiedAt: now })
    putVersion(changed, input.VersionDescription, data, context)
    return { LaunchTemplateId: template.id, LaunchTemplateVersionNumber: changed.latestVersion }
  },
)
