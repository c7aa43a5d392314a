# Instances that are changed in ways that need more than one call.
data "alicloud_images" "many" {
  owners       = "system"
  architecture = "x86_64"
  os_type      = "linux"
}

resource "alicloud_vswitch" "other" {
  vpc_id       = alicloud_vpc.main.id
  zone_id      = local.zone
  cidr_block   = "172.16.1.0/24"
  vswitch_name = "other"
}

resource "alicloud_instance" "moved" {
  instance_name                 = "moved"
  description                   = "Moved, ${local.name}"
  host_name                     = var.changed ? "moved-again" : "moved"
  password                      = var.changed ? "Second-2026" : "First-2026"
  image_id                      = var.changed ? data.alicloud_images.many.images[1].id : data.alicloud_images.many.images[0].id
  instance_type                 = "ecs.g6.large"
  instance_charge_type          = "PostPaid"
  vswitch_id                    = var.changed ? alicloud_vswitch.other.id : alicloud_vswitch.main.id
  private_ip                    = var.changed ? "172.16.1.50" : "172.16.0.50"
  security_groups               = var.changed ? [alicloud_security_group.web.id, alicloud_security_group.peer.id] : [alicloud_security_group.web.id]
  system_disk_category          = "cloud_essd"
  system_disk_performance_level = "PL1"
  system_disk_size              = 40
  http_endpoint                 = "enabled"
  http_tokens                   = var.changed ? "required" : "optional"
  deletion_protection           = false
  auto_release_time             = var.changed ? null : var.release_at
  maintenance_action            = var.changed ? "AutoRecover" : "Stop"
  maintenance_notify            = true

  maintenance_time {
    start_time = "02:00:00"
    end_time   = "03:00:00"
  }
}

resource "alicloud_instance" "by_choice" {
  instance_name              = "by-choice"
  image_id                   = data.alicloud_images.linux.images[0].id
  instance_type              = "ecs.c6.large"
  instance_charge_type       = var.changed ? "PrePaid" : "PostPaid"
  period                     = var.changed ? 1 : null
  period_unit                = var.changed ? "Month" : null
  include_data_disks         = true
  force_delete               = true
  vswitch_id                 = alicloud_vswitch.main.id
  security_groups            = [alicloud_security_group.web.id]
  system_disk_category       = "cloud_essd"
  internet_charge_type       = "PayByTraffic"
  internet_max_bandwidth_out = var.changed ? 0 : 5
}

resource "alicloud_instance" "at_rest" {
  instance_name        = "at-rest"
  image_id             = data.alicloud_images.linux.images[0].id
  instance_type        = "ecs.t6-c1m2.large"
  credit_specification = var.changed ? "Unlimited" : "Standard"
  vswitch_id           = alicloud_vswitch.main.id
  security_groups      = [alicloud_security_group.web.id]
  system_disk_category = "cloud_efficiency"
  status               = var.changed ? "Stopped" : "Running"
  stopped_mode         = var.changed ? "StopCharging" : null
  key_name             = alicloud_ecs_key_pair.imported.key_pair_name
}

# A moment ahead of the cloud's clock, such as 2027-06-01T00:00:00Z; without it the instance is not released by itself.
variable "release_at" {
  type    = string
  default = null
}
