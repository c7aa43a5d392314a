import type { Credentials } from '../../api/wire.ts'
import type { Command, Invocation } from '../command.ts'
import { defaultRegion } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { say } from '../language.ts'
import { saveProfile } from '../profiles.ts'

const nobody = {
  en: 'nobody is here to ask: set ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, and they are saved',
  zh: '没有可交互的终端：请设置 ALIBABA_CLOUD_ACCESS_KEY_ID 和 ALIBABA_CLOUD_ACCESS_KEY_SECRET，将保存它们的值',
}
const incomplete = { en: 'an AccessKey has an ID and a secret; nothing was saved', zh: 'AccessKey 由 ID 和 Secret 组成；未保存任何内容' }

interface Answers {
  readonly credentials: Credentials
  readonly regionId: string
}

/** What a person says; a secret is never an argument, where every process could read it. */
async function asked(prompt: NonNullable<Invocation['world']['prompt']>, { values, language }: Invocation): Promise<Answers> {
  const region = values.text('region')
  const accessKeyId = await prompt('AccessKey ID: ')
  const accessKeySecret = await prompt('AccessKey Secret: ', true)
  const regionId =
    region ?? ((await prompt(say({ en: `Region [${defaultRegion}]: `, zh: `地域 [${defaultRegion}]：` }, language))) || defaultRegion)
  return { credentials: { accessKeyId, accessKeySecret }, regionId }
}

function fromEnvironment({ world: { env }, values }: Invocation): Answers {
  const { ALIBABA_CLOUD_ACCESS_KEY_ID: accessKeyId, ALIBABA_CLOUD_ACCESS_KEY_SECRET: accessKeySecret } = env
  if (!accessKeyId || !accessKeySecret) throw new CommandError(nobody)
  const securityToken = env.ALIBABA_CLOUD_SECURITY_TOKEN || undefined
  const regionId = values.text('region') ?? (env.ALIBABA_CLOUD_REGION_ID || defaultRegion)
  return { credentials: { accessKeyId, accessKeySecret, securityToken }, regionId }
}

/** `tanxing configure`: saves an AccessKey, asked for or from the environment, as a profile of `~/.aliyun/config.json`. */
export const command: Command = {
  options: {
    profile: { type: 'string', short: 'p', value: 'NAME', default: 'default', help: { en: 'profile to save', zh: '要保存的配置名' } },
    region: { type: 'string', short: 'r', value: 'REGION', help: { en: 'region of the profile', zh: '该配置的地域' } },
  },
  async run(invocation) {
    const { world, values, language } = invocation
    const { credentials, regionId } = world.prompt ? await asked(world.prompt, invocation) : fromEnvironment(invocation)
    if (credentials.accessKeyId === '' || credentials.accessKeySecret === '') throw new CommandError(incomplete)
    const name = values.text('profile') as string
    const { path, current } = await saveProfile(world.home, name, credentials, regionId)
    const saved = {
      en: `saved profile ${name} in ${path}; the current profile is ${current}`,
      zh: `已将配置 ${name} 保存到 ${path}；当前配置为 ${current}`,
    }
    world.stdout(`${say(saved, language)}\n`)
    return exit.done
  },
}
