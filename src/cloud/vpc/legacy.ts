/**
 * The VPC operations that the ECS catalogue of 2014 still holds. Their inputs are parts of today's, by name and type,
 * so the same handlers serve both; today's answers hold all that the old ones did.
 */
export { AllocateEipAddress, ModifyEipAddressAttribute, ReleaseEipAddress } from './eip/allocate.ts'
export { AssociateEipAddress, UnassociateEipAddress } from './eip/associate.ts'
export { DescribeEipAddresses } from './eip/describe.ts'
export { DescribeRouteTables, DescribeVRouters } from './route-tables.ts'
export { CreateVpc, DeleteVpc, DescribeVpcs, ModifyVpcAttribute } from './vpcs.ts'
export { CreateVSwitch, DeleteVSwitch, DescribeVSwitches, ModifyVSwitchAttribute } from './vswitches.ts'
