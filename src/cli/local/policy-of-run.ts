/** What `/_local/requests` tells of a request, as far as a policy needs it. */
export interface RecordedRequest {
  readonly product: string
  readonly action: string
  /** `root`, `user/<name>` or `role/<name>/<session>`. */
  readonly caller: string
  /** The caller's account. */
  readonly accountId: string
  readonly resources: readonly string[]
  readonly permitted: boolean
  readonly created: readonly string[]
}

export interface Statement {
  readonly Effect: 'Allow'
  readonly Action: readonly string[]
  readonly Resource: readonly string[]
}

export interface PolicyText {
  readonly Version: '1'
  readonly Statement: readonly Statement[]
}

/** `acs:ecs:cn-hangzhou:1:instance/i-1` as `…:instance/*`, when the run itself made `i-1`: the next run makes another one. */
function beforeTheRun(arn: string, made: ReadonlySet<string>): string {
  const slash = arn.lastIndexOf('/')
  return slash >= 0 && made.has(arn.slice(slash + 1)) ? `${arn.slice(0, slash)}/*` : arn
}

/** Without those that a `<type>/*` among them covers. */
function uncovered(arns: ReadonlySet<string>): string[] {
  const covered = (arn: string) => !arn.endsWith('/*') && arns.has(`${arn.slice(0, arn.lastIndexOf('/'))}/*`)
  return [...arns].filter((arn) => !covered(arn)).toSorted()
}

/**
 * The policy that lets these requests through and nothing more: the very actions, each with the very resources it touched. A resource
 * that one of the requests made has no id before the run, so there the policy says `<type>/*`. Actions on the same resources share a
 * statement. What RAM refused is not in it, nor what asks no policy (GetCallerIdentity).
 */
export function policyOfRun(requests: readonly RecordedRequest[]): PolicyText {
  const made = new Set(requests.flatMap((request) => request.created))
  const byAction = new Map<string, Set<string>>()
  for (const { product, action, resources, permitted } of requests) {
    if (!permitted || resources.length === 0) continue
    const name = `${product}:${action}`
    const arns = byAction.get(name) ?? new Set<string>()
    byAction.set(name, arns)
    for (const arn of resources) arns.add(beforeTheRun(arn, made))
  }
  const byResources = new Map<string, { readonly Action: string[]; readonly Resource: string[] }>()
  for (const [action, arns] of [...byAction].toSorted(([a], [b]) => (a < b ? -1 : 1))) {
    const Resource = uncovered(arns)
    const key = Resource.join('\n')
    const statement = byResources.get(key) ?? { Action: [], Resource }
    byResources.set(key, statement)
    statement.Action.push(action)
  }
  return { Version: '1', Statement: [...byResources.values()].map((each) => ({ Effect: 'Allow', ...each })) }
}
