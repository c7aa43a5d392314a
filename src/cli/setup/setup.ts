import { ApiError } from '../../client/api-error.ts'
import type { RamClient } from '../../client/index.ts'
import type { Text } from '../../api/text.ts'
import type { Credentials } from '../../api/wire.ts'
import { type Command, connection, type Invocation } from '../command.ts'
import { connect } from '../connect.ts'
import { CommandError, exit } from '../errors.ts'
import { say } from '../language.ts'
import { savedKeyId, saveProfile } from '../profiles.ts'

const policy = 'AliyunECSFullAccess'

/** Does a step unless it has been done before. Returns whether it was needed. */
async function unlessThere(code: RegExp, step: () => Promise<unknown>): Promise<boolean> {
  try {
    await step()
    return true
  } catch (error) {
    if (error instanceof ApiError && code.test(error.code)) return false
    throw error
  }
}

/** A key for the user, made unless the saved one is still the user's. */
async function keyFor(ram: RamClient, UserName: string, saved: string | undefined): Promise<Credentials | undefined> {
  const { AccessKeys } = await ram.listAccessKeys({ UserName })
  const keys = AccessKeys.AccessKey
  if (keys.some((key) => key.AccessKeyId === saved && key.Status === 'Active')) return undefined
  if (keys.length >= 2)
    throw new CommandError(
      {
        en: `user ${UserName} has two AccessKeys already, none of them saved here: delete one in RAM, or save one with \`tanxing configure\``,
        zh: `用户 ${UserName} 已有两个 AccessKey，且都未保存在本机：请在 RAM 中删除一个，或用 \`tanxing configure\` 保存其中一个`,
      },
      exit.refused,
    )
  const { AccessKey } = await ram.createAccessKey({ UserName })
  return { accessKeyId: AccessKey.AccessKeyId, accessKeySecret: AccessKey.AccessKeySecret }
}

async function agreed({ world, values, language }: Invocation, question: Text): Promise<void> {
  if (values.flag('yes')) return
  if (world.ask === undefined)
    throw new CommandError(
      { en: 'this makes a RAM user and a key: say --yes', zh: '此操作会创建 RAM 用户和密钥：请加 --yes 确认' },
      exit.refused,
    )
  if (!(await world.ask(`${say(question, language)} [y/N] `)))
    throw new CommandError({ en: 'nothing was done', zh: '未作任何改动' }, exit.refused)
}

/** `tanxing setup`: the tutorial's first chapter, with an administrator's key. Run again, it changes nothing. */
export const command: Command = {
  options: {
    ...connection,
    user: {
      type: 'string',
      value: 'NAME',
      help: { en: 'RAM user to make; tanxing-ecs by default', zh: '要创建的 RAM 用户，默认 tanxing-ecs' },
    },
    save: { type: 'string', value: 'PROFILE', help: { en: 'profile to save; tanxing by default', zh: '要保存的配置名，默认 tanxing' } },
    yes: { type: 'boolean', help: { en: 'do not ask', zh: '不再询问' } },
    'show-secret': { type: 'boolean', help: { en: 'print the new AccessKey secret', zh: '显示新的 AccessKey Secret' } },
  },
  async run(invocation) {
    const { world, values, language } = invocation
    const { options, regionId, local, where } = await connect(invocation)
    const [{ RamClient }, { StsClient }] = await Promise.all([import('../../client/ram.ts'), import('../../client/sts.ts')])
    const ram = new RamClient(options)
    const sts = new StsClient(options)
    const UserName = values.text('user') ?? 'tanxing-ecs'
    const profile = values.text('save') ?? 'tanxing'
    const tell = (text: Text) => world.stdout(`${say(text, language)}\n`)
    const saves = !local || values.text('save') !== undefined
    // Read before anything is made: a broken file must not cost a key.
    const saved = saves ? await savedKeyId(world.home, profile) : undefined
    const { AccountId } = await sts.getCallerIdentity({}, { signal: world.signal })
    if (!local)
      await agreed(invocation, {
        en: `Account ${AccountId} on ${where.en}: make RAM user ${UserName} with ${policy} and an AccessKey, saved as profile ${profile}?`,
        zh: `账号 ${AccountId}（${where.zh}）：创建 RAM 用户 ${UserName}，授予 ${policy}，并将其 AccessKey 保存为配置 ${profile}？`,
      })
    const made = await unlessThere(/^EntityAlreadyExists\.User$/, () => ram.createUser({ UserName }))
    tell(
      made
        ? { en: `made RAM user ${UserName}`, zh: `已创建 RAM 用户 ${UserName}` }
        : { en: `RAM user ${UserName} is there`, zh: `RAM 用户 ${UserName} 已存在` },
    )
    const granted = await unlessThere(/^EntityAlreadyExists\.User\.Policy$/, () =>
      ram.attachPolicyToUser({ PolicyType: 'System', PolicyName: policy, UserName }),
    )
    tell(granted ? { en: `granted ${policy}`, zh: `已授予 ${policy}` } : { en: `${policy} is granted`, zh: `已有 ${policy} 授权` })
    const key = await keyFor(ram, UserName, saved)
    if (key === undefined) {
      tell({ en: `profile ${profile} holds a key of this user`, zh: `配置 ${profile} 中已有该用户的密钥` })
      return exit.done
    }
    tell({ en: `made AccessKey ${key.accessKeyId}`, zh: `已创建 AccessKey ${key.accessKeyId}` })
    if (values.flag('show-secret')) tell({ en: `secret ${key.accessKeySecret}`, zh: `密钥 Secret：${key.accessKeySecret}` })
    if (!saves) {
      tell({ en: 'a rehearsal on a local cloud: nothing is saved', zh: '本地云演练：不保存任何内容' })
      return exit.done
    }
    const { path, current } = await saveProfile(world.home, profile, key, regionId)
    tell({ en: `saved profile ${profile} in ${path}`, zh: `已将配置 ${profile} 保存到 ${path}` })
    if (current !== profile)
      tell({
        en: `profile ${current} stays the current one: use --profile ${profile}`,
        zh: `当前配置仍为 ${current}：请用 --profile ${profile}`,
      })
    return exit.done
  },
}
