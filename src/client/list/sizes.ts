/** The longest page a listing is documented to give, where that is not 100. */
interface Longest {
  readonly number?: number
  readonly token?: number
}

/** An older account gets up to 1,600 instance types a page, a newer one 100: DescribeInstanceTypes is left at 100. */
const longest: Readonly<Record<string, Longest>> = {
  DescribeCloudAssistantStatus: { number: 50, token: 50 },
  DescribeCommands: { number: 50, token: 50 },
  DescribeDeploymentSets: { number: 50 },
  DescribeDisks: { token: 500 },
  DescribeInstanceStatus: { number: 50 },
  DescribeInvocationResults: { number: 50 },
  DescribeInvocations: { number: 50, token: 50 },
  DescribeKeyPairs: { number: 50 },
  DescribeNetworkInterfaces: { token: 500 },
  DescribeSecurityGroupAttribute: { token: 1000 },
  DescribeSendFileResults: { number: 50, token: 50 },
  DescribeVSwitches: { number: 50 },
  DescribeVpcs: { number: 50 },
}

/** How many items a page is asked for when the caller does not say. */
export const pageSize = (action: string, style: keyof Longest): number => longest[action]?.[style] ?? 100
