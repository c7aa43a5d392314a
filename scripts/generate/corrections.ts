import type { Product } from '../../src/api/products.ts'

/** What the SDK leaves out or gets wrong, each with its reason. */
interface Correction {
  /** Strings that hold a JSON array although the SDK's example does not show it. */
  readonly json?: readonly string[]
  /** Enumerations that the remarks list only in part. */
  readonly open?: readonly string[]
  /** Enumerations the remarks do not list as bullets. */
  readonly values?: { readonly [path: string]: readonly string[] }
}

export const corrections: { readonly [product in Product]?: { readonly [action: string]: Correction } } = {
  ecs: {
    // The parameter pages call these JSON arrays; the SDK's examples are bare or absent.
    DescribeInstances: { json: ['RdmaIpAddresses'] },
    DescribeInstanceTopology: { json: ['InstanceIds'] },
    DescribeStorageSets: { json: ['StorageSetIds'] },
    DescribeStorageSetDetails: { json: ['DiskIds'] },
  },
}
