import { getCommand } from '../get.ts'
import { launchTemplates, versionsOf } from './template.ts'

/** `tanxing launch-templates get`: all there is to know about launch templates, with what their default version says. */
export const command = getCommand(launchTemplates, (templates, connected, signal) =>
  Promise.all(
    templates.map(async (template) => {
      const [version] = await versionsOf(template, connected, signal, [template.DefaultVersionNumber])
      return { ...template, LaunchTemplateData: version?.LaunchTemplateData }
    }),
  ),
)
