# What the data sources find, read once everything is there.
data "alicloud_regions" "all" {}

data "alicloud_regions" "here" {
  current = true
}

data "alicloud_zones" "all" {}

data "alicloud_instance_type_families" "all" {
  instance_charge_type = "PostPaid"
}

data "alicloud_caller_identity" "me" {}

data "alicloud_account" "me" {}

data "alicloud_vpcs" "mine" {
  ids = [alicloud_vpc.main.id]
}

data "alicloud_vswitches" "mine" {
  ids = [alicloud_vswitch.main.id]
}

data "alicloud_security_groups" "mine" {
  vpc_id     = alicloud_vpc.main.id
  depends_on = [alicloud_security_group.web, alicloud_security_group.strict, alicloud_security_group.peer]
}

data "alicloud_security_group_rules" "mine" {
  group_id   = alicloud_security_group.web.id
  depends_on = [alicloud_security_group_rule.https, alicloud_security_group_rule.all_ipv6, alicloud_security_group_rule.from_peer, alicloud_security_group_rule.out, alicloud_security_group_rule.offices]
}

data "alicloud_key_pairs" "mine" {
  ids = [alicloud_ecs_key_pair.imported.id, alicloud_ecs_key_pair.made.id]
}

data "alicloud_instances" "mine" {
  ids = [alicloud_instance.by_use.id, alicloud_instance.by_term.id, alicloud_instance.by_spot.id]
}

data "alicloud_ecs_disks" "mine" {
  ids = [alicloud_ecs_disk.data.id, alicloud_ecs_disk.again.id]
}

data "alicloud_ecs_snapshots" "mine" {
  ids = [alicloud_ecs_snapshot.data.id]
}

data "alicloud_ecs_auto_snapshot_policies" "mine" {
  ids = [alicloud_ecs_auto_snapshot_policy.nightly.id]
}

data "alicloud_images" "mine" {
  owners     = "self"
  depends_on = [alicloud_image.web]
}

data "alicloud_ecs_network_interfaces" "mine" {
  ids = [alicloud_ecs_network_interface_attachment.second.network_interface_id]
}

data "alicloud_eip_addresses" "mine" {
  ids = [alicloud_eip_association.main.allocation_id]
}

data "alicloud_ecs_launch_templates" "mine" {
  ids            = [alicloud_ecs_launch_template.web.id]
  enable_details = true
}

data "alicloud_ecs_commands" "mine" {
  ids = [alicloud_ecs_command.hello.id]
}

data "alicloud_ecs_invocations" "mine" {
  ids = [alicloud_ecs_invocation.hello.id]
}

output "seen" {
  value = {
    regions            = length(data.alicloud_regions.all.regions)
    here               = data.alicloud_regions.here.regions[0].id
    zones              = length(data.alicloud_zones.all.zones)
    families           = length(data.alicloud_instance_type_families.all.families)
    types              = length(data.alicloud_instance_types.small.instance_types)
    system_images      = length(data.alicloud_images.linux.images)
    account            = data.alicloud_account.me.id == data.alicloud_caller_identity.me.account_id
    vpcs               = data.alicloud_vpcs.mine.vpcs[*].cidr_block
    vswitches          = data.alicloud_vswitches.mine.vswitches[*].cidr_block
    security_groups    = length(data.alicloud_security_groups.mine.groups)
    rules              = length(data.alicloud_security_group_rules.mine.rules)
    key_pairs          = sort(data.alicloud_key_pairs.mine.pairs[*].key_pair_name)
    instances          = sort(data.alicloud_instances.mine.instances[*].status)
    disks              = sort(data.alicloud_ecs_disks.mine.disks[*].status)
    snapshots          = data.alicloud_ecs_snapshots.mine.snapshots[*].status
    snapshot_policies  = data.alicloud_ecs_auto_snapshot_policies.mine.policies[*].status
    images             = length(data.alicloud_images.mine.images)
    network_interfaces = data.alicloud_ecs_network_interfaces.mine.interfaces[*].status
    eips               = data.alicloud_eip_addresses.mine.addresses[*].status
    launch_templates   = data.alicloud_ecs_launch_templates.mine.templates[*].launch_template_name
    commands           = data.alicloud_ecs_commands.mine.commands[*].type
    invocations        = length(data.alicloud_ecs_invocations.mine.invocations)
  }
}
