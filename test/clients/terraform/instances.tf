data "alicloud_images" "linux" {
  owners       = "system"
  architecture = "x86_64"
  os_type      = "linux"
  most_recent  = true
}

data "alicloud_instance_types" "small" {
  availability_zone = local.zone
  cpu_core_count    = 2
  memory_size       = 8
}

resource "alicloud_instance" "by_use" {
  instance_name              = local.name
  description                = "By use, ${local.name}"
  image_id                   = data.alicloud_images.linux.images[0].id
  instance_type              = var.changed ? "ecs.g6.xlarge" : "ecs.g6.large"
  instance_charge_type       = "PostPaid"
  vswitch_id                 = alicloud_vswitch.main.id
  security_groups            = var.changed ? [alicloud_security_group.web.id] : [alicloud_security_group.web.id]
  host_name                  = "web"
  system_disk_category       = "cloud_essd"
  system_disk_size           = var.changed ? 60 : 40
  system_disk_name           = local.name
  internet_charge_type       = "PayByTraffic"
  internet_max_bandwidth_out = var.changed ? 10 : 5
  user_data                  = base64encode("#!/bin/sh\necho ${local.name}\n")
  deletion_protection        = false
  tags                       = local.tags

  data_disks {
    name                 = "scratch"
    size                 = 20
    category             = "cloud_essd"
    performance_level    = "PL1"
    delete_with_instance = true
  }
}

resource "alicloud_instance" "by_term" {
  instance_name        = "${local.name}-term"
  image_id             = data.alicloud_images.linux.images[0].id
  instance_type        = "ecs.c6.large"
  instance_charge_type = "PrePaid"
  period               = 1
  period_unit          = "Month"
  renewal_status       = var.changed ? "Normal" : "AutoRenewal"
  auto_renew_period    = var.changed ? 1 : 2
  force_delete         = true
  volume_tags          = { of = local.name }
  vswitch_id           = alicloud_vswitch.main.id
  security_groups      = [alicloud_security_group.web.id]
  system_disk_category = "cloud_essd"
  tags                 = local.tags
}

resource "alicloud_instance" "by_spot" {
  instance_name        = "${local.name}-spot"
  image_id             = data.alicloud_images.linux.images[0].id
  instance_type        = "ecs.c6.large"
  instance_charge_type = "PostPaid"
  spot_strategy        = "SpotWithPriceLimit"
  spot_price_limit     = 1.5
  spot_duration        = 0
  vswitch_id           = alicloud_vswitch.main.id
  security_groups      = [alicloud_security_group.web.id]
  system_disk_category = "cloud_essd"
  tags                 = local.tags
}

