import { expect, test } from 'vitest'
import type { Product } from '../../api/products.ts'
import { resourcesOf } from './resources.ts'

const place = { accountId: '1234567890123456', regionId: 'cn-hangzhou', userName: 'alice' }
const ecs = (relative: string) => `acs:ecs:cn-hangzhou:1234567890123456:${relative}`
const vpc = (relative: string) => `acs:vpc:cn-hangzhou:1234567890123456:${relative}`
const ram = (relative: string) => `acs:ram::1234567890123456:${relative}`
const everySnapshot = 'acs:ecs:*:1234567890123456:snapshot/*'

const cases: readonly (readonly [Product, string, Record<string, unknown>, readonly string[]])[] = [
  ['ecs', 'DescribeInstances', {}, [ecs('instance/*')]],
  ['ecs', 'DescribeInstances', { InstanceIds: [] }, [ecs('instance/*')]],
  ['ecs', 'DescribeInstances', { InstanceIds: ['i-1', 'i-2', 'i-1'] }, [ecs('instance/i-1'), ecs('instance/i-2')]],
  ['ecs', 'DescribeInstances', { VpcId: 'vpc-1' }, [ecs('instance/*')]],
  ['ecs', 'DescribeInstanceStatus', { InstanceId: ['i-1'] }, [ecs('instance/i-1')]],
  ['ecs', 'StartInstance', { InstanceId: 'i-1' }, [ecs('instance/i-1')]],
  ['ecs', 'ModifyInstanceAutoRenewAttribute', { InstanceId: 'i-1,i-2' }, [ecs('instance/i-1'), ecs('instance/i-2')]],
  ['ecs', 'StopInstances', { InstanceId: ['i-1', 'i-2'] }, [ecs('instance/i-1'), ecs('instance/i-2')]],
  ['ecs', 'RebootInstance', { InstanceId: 'i-1' }, [ecs('instance/i-1')]],
  ['ecs', 'DeleteInstance', { InstanceId: 'i-1', Force: true }, [ecs('instance/i-1')]],
  ['ecs', 'ModifyInstanceAttribute', { InstanceId: 'i-1', InstanceName: 'web' }, [ecs('instance/i-1')]],
  [
    'ecs',
    'RunInstances',
    { ImageId: 'm-1', SecurityGroupId: 'sg-1', KeyPairName: 'k', DataDisk: [{ SnapshotId: 's-1' }] },
    [ecs('instance/*'), ecs('image/m-1'), ecs('securitygroup/sg-1'), ecs('keypair/k'), ecs('snapshot/s-1')],
  ],
  [
    'ecs',
    'CreateInstance',
    { ImageId: 'm-1', SecurityGroupId: 'sg-1', VSwitchId: 'vsw-1' },
    [ecs('instance/*'), ecs('image/m-1'), ecs('securitygroup/sg-1'), vpc('vswitch/vsw-1')],
  ],
  ['ecs', 'ModifyInvocationAttribute', { InvokeId: 't-1', InstanceId: ['i-1'] }, [ecs('invocation/t-1'), ecs('instance/i-1')]],
  ['ecs', 'StopInvocation', { InvokeId: 't-1', InstanceId: ['i-1'] }, [ecs('instance/i-1')]],
  ['ecs', 'DescribeInvocations', { InvokeId: 't-1', CommandId: 'c-1' }, [ecs('command/c-1')]],
  ['ecs', 'CreateActivation', {}, [ecs('activation/*')]],
  ['ecs', 'DisableActivation', { ActivationId: '4E' }, [ecs('activation/4E')]],
  ['ecs', 'DescribeActivations', {}, [ecs('activation/*')]],
  ['ecs', 'DescribeManagedInstances', { ActivationId: '4E' }, [ecs('instance/*')]],
  ['ecs', 'DeregisterManagedInstance', { InstanceId: 'mi-1' }, [ecs('instance/mi-1')]],
  ['ecs', 'StartTerminalSession', { InstanceId: ['i-1'] }, [ecs('instance/i-1')]],
  ['ecs', 'EndTerminalSession', { SessionId: 's-1' }, ['acs:ecs:*:1234567890123456:*']],
  ['ecs', 'ModifyCloudAssistantSettings', { SettingType: 'InvocationDelivery' }, [ecs('servicesettings/InvocationDelivery')]],
  ['ecs', 'CreateDiagnosticReport', { ResourceId: 'i-1' }, [ecs('*')]],
  ['ecs', 'AttachDisk', { InstanceId: 'i-1', DiskId: 'd-1' }, [ecs('instance/i-1'), ecs('disk/d-1')]],
  ['ecs', 'CreateDisk', { ZoneId: 'cn-hangzhou-h', SnapshotId: 's-1' }, [ecs('disk/*'), ecs('snapshot/s-1')]],
  ['ecs', 'CreateImage', { SnapshotId: 's-1' }, [ecs('image/*'), ecs('snapshot/s-1')]],
  ['ecs', 'CreateImage', { InstanceId: 'i-1' }, [ecs('image/*'), ecs('instance/i-1')]],
  ['ecs', 'CopyImage', { ImageId: 'm-1', DestinationRegionId: 'cn-beijing' }, [ecs('image/*'), ecs('image/m-1')]],
  ['ecs', 'CreateSnapshot', { DiskId: 'd-1' }, [ecs('snapshot/*'), ecs('disk/d-1')]],
  ['ecs', 'CreateAutoSnapshotPolicy', {}, [everySnapshot]],
  ['ecs', 'ApplyAutoSnapshotPolicy', { autoSnapshotPolicyId: 'sp-1', diskIds: ['d-1'] }, [everySnapshot]],
  ['ecs', 'DescribePrice', { InstanceType: 'ecs.g6.large' }, ['acs:ecs:*:1234567890123456:*']],
  ['ecs', 'JoinSecurityGroup', { InstanceId: 'i-1', SecurityGroupId: 'sg-1' }, [ecs('instance/i-1'), ecs('securitygroup/sg-1')]],
  ['ecs', 'AddTags', { ResourceType: 'disk', ResourceId: 'd-1', Tag: [{ Key: 'a' }] }, [ecs('disk/d-1')]],
  ['ecs', 'TagResources', { ResourceType: 'instance', ResourceId: ['i-1', 'i-2'] }, [ecs('instance/i-1'), ecs('instance/i-2')]],
  ['ecs', 'ReplaceSystemDisk', { InstanceId: 'i-1', ImageId: 'm-1' }, [ecs('instance/i-1'), ecs('image/m-1')]],
  ['ecs', 'CreateKeyPair', { KeyPairName: 'new' }, [ecs('keypair/*')]],
  ['ecs', 'DeleteKeyPairs', { KeyPairNames: ['a', 'b'] }, [ecs('keypair/a'), ecs('keypair/b')]],
  ['ecs', 'DescribeRegions', {}, [ecs('*')]],
  ['ecs', 'DescribeInstanceTypes', {}, [ecs('*')]],
  ['ecs', 'DescribeUserData', { InstanceId: 'i-1' }, [ecs('instance/i-1')]],
  ['ecs', 'ReInitDisk', { DiskId: 'd-1' }, [ecs('disk/d-1')]],
  ['vpc', 'CreateVSwitch', { VpcId: 'vpc-1', ZoneId: 'z' }, [vpc('vswitch/*'), vpc('vpc/vpc-1')]],
  ['vpc', 'DescribeVSwitches', { VpcId: 'vpc-1' }, [vpc('vswitch/*')]],
  ['vpc', 'AssociateEipAddress', { AllocationId: 'eip-1', InstanceId: 'i-1' }, [vpc('eip/eip-1'), ecs('instance/i-1')]],
  ['vpc', 'AssociateEipAddress', { AllocationId: 'eip-1', InstanceId: 'ngw-1' }, [vpc('eip/eip-1'), vpc('natgateway/ngw-1')]],
  ['vpc', 'CreateNatGateway', { VpcId: 'vpc-1', VSwitchId: 'vsw-1' }, [vpc('natgateway/*'), vpc('vpc/vpc-1'), vpc('vswitch/vsw-1')]],
  ['vpc', 'DeleteNatGateway', { NatGatewayId: 'ngw-1' }, [vpc('natgateway/ngw-1')]],
  ['vpc', 'CreateForwardEntry', { ForwardTableId: 'ftb-1' }, [vpc('forwardtable/ftb-1')]],
  ['vpc', 'DescribeForwardTableEntries', { ForwardTableId: 'ftb-1' }, [vpc('forwardtable/ftb-1')]],
  ['vpc', 'ModifySnatEntry', { SnatTableId: 'stb-1' }, [vpc('snattable/stb-1')]],
  ['vpc', 'CreateCommonBandwidthPackage', {}, [vpc('combandwidthpackage/*')]],
  ['vpc', 'AddCommonBandwidthPackageIp', { BandwidthPackageId: 'cbwp-1', IpInstanceId: 'eip-1' }, [vpc('combandwidthpackage/cbwp-1')]],
  ['vpc', 'TagResources', { ResourceType: 'COMMONBANDWIDTHPACKAGE', ResourceId: ['cbwp-1'] }, [vpc('combandwidthpackage/cbwp-1')]],
  ['vpc', 'DeletionProtection', { InstanceId: 'eip-1', Type: 'EIP' }, [vpc('eip/eip-1')]],
  ['vpc', 'DeletionProtection', { InstanceId: 'cbwp-1', Type: 'CBWP' }, [vpc('combandwidthpackage/cbwp-1')]],
  ['ecs', 'DeleteBandwidthPackage', { BandwidthPackageId: 'bwp-1' }, [vpc('bandwidthpackage/bwp-1')]],
  ['ram', 'CreateUser', { UserName: 'bob' }, [ram('user/*')]],
  ['ram', 'ListUsers', {}, [ram('user/*')]],
  ['ram', 'GetUser', { UserName: 'bob' }, [ram('user/bob')]],
  ['ram', 'GetUser', {}, [ram('user/alice')]],
  ['ram', 'CreateAccessKey', { UserName: 'bob' }, [ram('user/bob')]],
  ['ram', 'ListAccessKeys', {}, [ram('user/alice')]],
  ['ram', 'DeleteAccessKey', { UserAccessKeyId: 'LTAI' }, [ram('user/alice')]],
  ['ram', 'CreatePolicy', { PolicyName: 'p', PolicyDocument: '{}' }, ['acs:ram:*:1234567890123456:policy/*']],
  ['ram', 'GetPolicy', { PolicyType: 'System', PolicyName: 'P' }, ['acs:ram:*:system:policy/P']],
  ['ram', 'ListPoliciesForUser', { UserName: 'bob' }, [ram('user/bob')]],
  ['ram', 'ListEntitiesForPolicy', { PolicyType: 'Custom', PolicyName: 'p' }, ['acs:ram:*:1234567890123456:policy/p']],
  ['ram', 'AttachPolicyToUser', { PolicyType: 'System', PolicyName: 'P', UserName: 'bob' }, ['acs:ram:*:system:policy/P', ram('user/bob')]],
  ['ram', 'CreateRole', { RoleName: 'r' }, [ram('role/*')]],
  ['ram', 'ListPoliciesForRole', { RoleName: 'r' }, [ram('role/r')]],
  ['sts', 'AssumeRole', { RoleArn: ram('role/r'), RoleSessionName: 's' }, [ram('role/r')]],
  ['location', 'DescribeEndpoints', { Id: 'cn-hangzhou' }, ['acs:location:cn-hangzhou:1234567890123456:*']],
]

test.each(cases)('%s %s %j touches what is documented', (product, action, input, expected) => {
  expect(resourcesOf(product, action, input, place).toSorted()).toEqual(expected.toSorted())
})

test('a region that is no region cannot reach into the other parts of an ARN', () => {
  const region = 'cn-hangzhou:1:instance/i-mine'
  expect(resourcesOf('ecs', 'StopInstance', { InstanceId: 'i-1' }, { accountId: '2', regionId: region })).toEqual([
    'acs:ecs:invalid:2:instance/i-1',
  ])
})

test('a user who is not RAM and names no user touches every user', () => {
  expect(resourcesOf('ram', 'ListAccessKeys', {}, { accountId: '2', regionId: '' })).toEqual(['acs:ram::2:user/*'])
})
