import { traitsOfId } from '../instance-type-traits.ts'
import type { Instance } from '../records.ts'

/** What was ever said of network, clock, boot and login, as DescribeInstances shows it. */
export const optionsView = ({ ptp, secureBoot, loginAsNonRoot, os }: Instance) => ({
  ...(ptp !== undefined && { ClockOptions: { PtpStatus: ptp ? 'enabled' : 'disabled' } }),
  ...(secureBoot !== undefined && { SecurityOptions: { EnableSecureBoot: secureBoot } }),
  ...((loginAsNonRoot !== undefined || os?.nvme !== undefined) && {
    ImageOptions: {
      ...(loginAsNonRoot !== undefined && { LoginAsNonRoot: loginAsNonRoot }),
      ...(os?.nvme !== undefined && { CurrentOSNVMeSupported: os.nvme }),
    },
  }),
})

/** All of them, as DescribeInstanceAttribute does. Frames are large by default where the type has them. */
export function attributeOptionsView({ bandwidthWeighting = 'Default', instanceType, ...options }: Instance) {
  const { jumboFrame = traitsOfId(instanceType)?.jumboFrame === true, networkEncryption = false, secureBoot = false } = options
  return {
    EnableJumboFrame: jumboFrame,
    EnableNetworkEncryption: networkEncryption,
    NetworkOptions: { BandwidthWeighting: bandwidthWeighting, EnableJumboFrame: jumboFrame, EnableNetworkEncryption: networkEncryption },
    SecurityOptions: { EnableSecureBoot: secureBoot },
  }
}
