import { demand } from '../../fault.ts'
import { ecs } from '../../operation.ts'
import { page } from '../../paging.ts'
import { listed } from '../../rows.ts'
import { tagTest } from '../tags.ts'
import { equalities, passes } from '../values.ts'
import { templateOf, versionsOf } from './find.ts'
import type { LaunchTemplate } from './records.ts'
import { templateView, versionView } from './view.ts'

/** How many fit on a page is not stated (unconfirmed). */
const maxSize = 50
const mostNamed = 100

export const DescribeLaunchTemplates = ecs(
  'DescribeLaunchTemplates',
  ['LaunchTemplateId', 'LaunchTemplateName', 'TemplateResourceGroupId', 'TemplateTag', 'PageNumber', 'PageSize'],
  (input, { state, accountId, regionId }) => {
    const { LaunchTemplateId: ids, LaunchTemplateName: names } = input
    const few = (ids?.length ?? 0) <= mostNamed && (names?.length ?? 0) <= mostNamed
    demand(few, 'InvalidParameter', `At most ${mostNamed} templates can be named.`)
    const where = passes<LaunchTemplate>([
      names?.length ? (template) => names.includes(template.name) : undefined,
      tagTest(input.TemplateTag),
      ...equalities<LaunchTemplate, typeof input>(input, { TemplateResourceGroupId: (template) => template.resourceGroupId }),
    ])
    const found = state.launchTemplates.list({ accountId, regionId, ids: ids?.length ? ids : undefined, where })
    const { rows, fields } = page(found, input, { maxSize })
    const { NextToken: _, ...counts } = fields
    return { ...counts, LaunchTemplateSets: { LaunchTemplateSet: listed(rows, templateView) } }
  },
)

/** The data are left out where `DetailFlag` is false. */
export const DescribeLaunchTemplateVersions = ecs(
  'DescribeLaunchTemplateVersions',
  [
    'LaunchTemplateId',
    'LaunchTemplateName',
    'LaunchTemplateVersion',
    'MinVersion',
    'MaxVersion',
    'DefaultVersion',
    'DetailFlag',
    'PageNumber',
    'PageSize',
  ],
  (input, context) => {
    const template = templateOf(input, context)
    const { LaunchTemplateVersion: numbers = [], MinVersion = 1, MaxVersion = template.latestVersion, DefaultVersion } = input
    demand(numbers.length <= 30, 'InvalidParameter', 'At most 30 LaunchTemplateVersion can be given.')
    const found = versionsOf(template, context).filter(
      ({ number }) =>
        (numbers.length === 0 || numbers.includes(number)) &&
        number >= MinVersion &&
        number <= MaxVersion &&
        (DefaultVersion === undefined || DefaultVersion === (number === template.defaultVersion)),
    )
    const { rows, fields } = page(found, input, { maxSize })
    const { NextToken: _, ...counts } = fields
    const shown = rows.map((version) => {
      const { LaunchTemplateData, ...rest } = versionView(version, template)
      return input.DetailFlag === false ? rest : { ...rest, LaunchTemplateData }
    })
    return { ...counts, LaunchTemplateVersionSets: { LaunchTemplateVersionSet: shown } }
  },
)
