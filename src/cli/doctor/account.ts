import type { ClientOptions } from '../../client/index.ts'
import { failed, type Finding } from './finding.ts'

/** Who the keys belong to. @throws the signal's reason */
export async function identityFinding(options: ClientOptions, signal: AbortSignal): Promise<Finding> {
  const { StsClient } = await import('../../client/sts.ts')
  try {
    const { AccountId, Arn } = await new StsClient(options).getCallerIdentity({}, { signal })
    return { check: 'identity', level: 'ok', found: { en: `${Arn} of account ${AccountId}`, zh: `${Arn}（账号 ${AccountId}）` } }
  } catch (error) {
    signal.throwIfAborted()
    return failed('identity', error)
  }
}

/** Whether instances may be read: the least that nearly every command needs. @throws the signal's reason */
export async function permissionFinding(options: ClientOptions, signal: AbortSignal): Promise<Finding> {
  const { EcsClient } = await import('../../client/ecs.ts')
  try {
    const { regionId } = options
    await new EcsClient(options).describeInstances({ MaxResults: 1 }, { signal })
    return { check: 'permission', level: 'ok', found: { en: `may read instances in ${regionId}`, zh: `可读取 ${regionId} 的实例` } }
  } catch (error) {
    signal.throwIfAborted()
    const finding = failed('permission', error)
    if (finding.exitCode !== 4) return finding
    const fix = {
      en: `${finding.fix?.en ?? ''} Reading takes the policy AliyunECSReadOnlyAccess, changing AliyunECSFullAccess; tanxing setup grants it.`.trim(),
      zh: `${finding.fix?.zh ?? ''}读取需要 AliyunECSReadOnlyAccess，变更需要 AliyunECSFullAccess；可用 tanxing setup 授权。`,
    }
    return { ...finding, fix }
  }
}
