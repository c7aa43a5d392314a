data "alicloud_ram_users" "mine" {
  ids = [alicloud_ram_user.worker.id]
}

data "alicloud_ram_groups" "mine" {
  user_name  = alicloud_ram_user.worker.name
  name_regex = "workers"
  depends_on = [alicloud_ram_user_group_attachment.worker]
}

data "alicloud_ram_policies" "mine" {
  user_name  = alicloud_ram_user_policy_attachment.look.user_name
  type       = "Custom"
  name_regex = "^judged-"
}

data "alicloud_ram_roles" "mine" {
  ids = [alicloud_ram_role.machine.role_id]
}

data "alicloud_ecs_deployment_sets" "mine" {
  ids = [alicloud_ecs_deployment_set.apart.id]
}

data "alicloud_ecs_hpc_clusters" "mine" {
  ids = [alicloud_ecs_hpc_cluster.fast.id]
}

data "alicloud_ecs_prefix_lists" "mine" {
  ids            = [alicloud_ecs_prefix_list.offices.id]
  enable_details = true
}

data "alicloud_ecs_snapshot_groups" "mine" {
  ids = [alicloud_ecs_snapshot_group.both.id]
}

data "alicloud_ecs_capacity_reservations" "mine" {
  ids = [alicloud_ecs_capacity_reservation.held.id]
}

data "alicloud_ecs_dedicated_hosts" "mine" {
  ids = [alicloud_ecs_dedicated_host.own.id]
}

data "alicloud_ecs_dedicated_host_clusters" "mine" {
  ids = [alicloud_ecs_dedicated_host.own.dedicated_host_cluster_id]
}

data "alicloud_ecs_activations" "mine" {
  ids = [alicloud_ecs_activation.elsewhere.id]
}

data "alicloud_ecs_image_components" "mine" {
  ids = [alicloud_ecs_image_component.update.id]
}

data "alicloud_ecs_image_pipelines" "mine" {
  ids = [alicloud_ecs_image_pipeline.nightly.id]
}

data "alicloud_havips" "mine" {
  ids = [alicloud_havip_attachment.floating.ha_vip_id]
}

data "alicloud_route_entries" "mine" {
  route_table_id = alicloud_route_entry.inward.route_table_id
  cidr_block     = "10.200.0.0/24"
}

data "alicloud_route_tables" "mine" {
  vpc_id = alicloud_vpc.main.id
}

output "seen_more" {
  value = {
    users            = data.alicloud_ram_users.mine.users[*].name
    groups           = data.alicloud_ram_groups.mine.groups[*].name
    policies         = data.alicloud_ram_policies.mine.policies[*].name
    roles            = data.alicloud_ram_roles.mine.roles[*].name
    deployment_sets  = length(data.alicloud_ecs_deployment_sets.mine.sets)
    hpc_clusters     = length(data.alicloud_ecs_hpc_clusters.mine.clusters)
    prefix_lists     = length(data.alicloud_ecs_prefix_lists.mine.lists[0].entry)
    snapshot_groups  = data.alicloud_ecs_snapshot_groups.mine.groups[*].status
    reservations     = data.alicloud_ecs_capacity_reservations.mine.reservations[*].status
    hosts            = data.alicloud_ecs_dedicated_hosts.mine.hosts[*].status
    host_clusters    = length(data.alicloud_ecs_dedicated_host_clusters.mine.clusters)
    activations      = length(data.alicloud_ecs_activations.mine.activations)
    image_components = length(data.alicloud_ecs_image_components.mine.components)
    image_pipelines  = length(data.alicloud_ecs_image_pipelines.mine.pipelines)
    floating         = data.alicloud_havips.mine.havips[*].ip_address
    routes           = data.alicloud_route_entries.mine.entries[*].next_hop_type
    route_tables     = length(data.alicloud_route_tables.mine.tables)
  }
}
