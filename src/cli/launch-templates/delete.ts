import { say } from '../language.ts'
import { statesOf } from '../safety/carry-out.ts'
import { deedCommand } from '../safety/command.ts'
import type { OneCall } from '../safety/deed.ts'
import { type LaunchTemplate, launchTemplates } from './template.ts'

const kind = { en: 'launch template with all its versions', zh: '启动模板及其全部版本' } as const

/** `tanxing launch-templates delete`: deletes launch templates with their versions. What was launched from them stays. */
export const command = deedCommand<LaunchTemplate>({
  noun: launchTemplates,
  verb: { en: 'delete', zh: '删除' },
  done: { en: 'deleted', zh: '已删除' },
  action: ({ LaunchTemplateId }): OneCall => ({ action: 'DeleteLaunchTemplate', input: { LaunchTemplateId } }),
  seen: { idOf: launchTemplates.id, states: statesOf(launchTemplates, () => 'There'), there: (state) => state === 'Deleted' },
  limit: 10,
  // DeleteLaunchTemplate has no DryRun.
  dryRuns: false,
  about: ({ DefaultVersionNumber, LatestVersionNumber }, { language }) =>
    say(
      {
        en: `default version ${DefaultVersionNumber}, latest ${LatestVersionNumber}`,
        zh: `默认版本 ${DefaultVersionNumber}，最新版本 ${LatestVersionNumber}`,
      },
      language,
    ),
  tags: ({ Tags }) => Tags?.Tag ?? [],
  losses: (items) =>
    Promise.resolve(
      new Map(
        items.map(({ LaunchTemplateId, LaunchTemplateName }) => [
          LaunchTemplateId,
          [{ kind, what: `${LaunchTemplateId} ${LaunchTemplateName}` }],
        ]),
      ),
    ),
})
