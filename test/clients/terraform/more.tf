resource "alicloud_ecs_deployment_set" "apart" {
  strategy            = "Availability"
  deployment_set_name = local.name
  description         = "Apart, ${local.name}"
}

resource "alicloud_ecs_hpc_cluster" "fast" {
  name        = local.name
  description = "Fast, ${local.name}"
}

resource "alicloud_ecs_prefix_list" "offices" {
  address_family   = "IPv4"
  max_entries      = 3
  prefix_list_name = local.name
  description      = "Offices, ${local.name}"

  entry {
    cidr        = "192.168.0.0/24"
    description = "one"
  }

  entry {
    cidr        = var.changed ? "192.168.2.0/24" : "192.168.1.0/24"
    description = "two"
  }
}

resource "alicloud_security_group_rule" "offices" {
  security_group_id = alicloud_security_group.web.id
  type              = "ingress"
  ip_protocol       = "tcp"
  nic_type          = "intranet"
  port_range        = "22/22"
  prefix_list_id    = alicloud_ecs_prefix_list.offices.id
}

resource "alicloud_ecs_snapshot_group" "both" {
  snapshot_group_name = local.name
  description         = "Both, ${local.name}"
  instance_id         = alicloud_ecs_disk_attachment.data.instance_id
  disk_id             = [alicloud_ecs_disk_attachment.data.disk_id]
  tags                = local.tags

  # Of a disk one snapshot is made at a time.
  depends_on = [alicloud_ecs_snapshot.data, alicloud_image.web]
}

resource "alicloud_ecs_capacity_reservation" "held" {
  capacity_reservation_name = local.name
  description               = "Held, ${local.name}"
  platform                  = "linux"
  end_time_type             = "Unlimited"
  instance_amount           = var.changed ? 2 : 1
  instance_type             = "ecs.c6.xlarge"
  match_criteria            = "Target"
  zone_ids                  = [local.zone]
  tags                      = local.tags
}

resource "alicloud_ecs_dedicated_host_cluster" "own" {
  dedicated_host_cluster_name = local.name
  description                 = "Own, ${local.name}"
  zone_id                     = local.zone
  tags                        = local.tags
}

resource "alicloud_ecs_dedicated_host" "own" {
  dedicated_host_name       = local.name
  description               = "Own, ${local.name}"
  dedicated_host_type       = "ddh.g6"
  dedicated_host_cluster_id = alicloud_ecs_dedicated_host_cluster.own.id
  zone_id                   = local.zone
  tags                      = local.tags
}

resource "alicloud_ecs_activation" "elsewhere" {
  description           = "Servers elsewhere"
  instance_count        = 10
  instance_name         = "judged"
  ip_address_range      = "0.0.0.0/0"
  time_to_live_in_hours = 4
}

resource "alicloud_ecs_session_manager_status" "sessions" {
  session_manager_status_name = "sessionManagerStatus"
  status                      = var.changed ? "Disabled" : "Enabled"
}

resource "alicloud_ecs_image_component" "update" {
  image_component_name = local.name
  component_type       = "Build"
  content              = "RUN yum update -y"
  description          = "Updates"
  system_type          = "Linux"
  tags                 = local.tags
}

resource "alicloud_ecs_image_pipeline" "nightly" {
  name                       = "judged"
  description                = "Nightly"
  base_image                 = data.alicloud_images.linux.images[0].id
  base_image_type            = "IMAGE"
  build_content              = "RUN yum update -y"
  image_name                 = "judged"
  instance_type              = "ecs.c6.large"
  delete_instance_on_failure = false
  internet_max_bandwidth_out = 20
  system_disk_size           = 40
  vswitch_id                 = alicloud_vswitch.main.id
  tags                       = local.tags
}

resource "alicloud_vpc_ha_vip" "floating" {
  ha_vip_name = local.name
  description = "Floating, ${local.name}"
  vswitch_id  = alicloud_vswitch.main.id
  ip_address  = "172.16.0.200"
}

resource "alicloud_havip_attachment" "floating" {
  ha_vip_id   = alicloud_vpc_ha_vip.floating.id
  instance_id = alicloud_instance.by_use.id
}

resource "alicloud_route_entry" "inward" {
  route_table_id        = alicloud_vpc.main.route_table_id
  destination_cidrblock = "10.200.0.0/24"
  nexthop_type          = "Instance"
  nexthop_id            = alicloud_instance.by_use.id
}

resource "alicloud_ecs_instance_set" "many" {
  amount               = 2
  instance_name        = "judged-many"
  image_id             = data.alicloud_images.linux.images[0].id
  instance_type        = "ecs.c6.large"
  instance_charge_type = "PostPaid"
  system_disk_category = "cloud_essd"
  system_disk_size     = 40
  vswitch_id           = alicloud_vswitch.main.id
  security_group_ids   = [alicloud_security_group.web.id]
  zone_id              = local.zone
  tags                 = local.tags
}
