resource "alicloud_ram_login_profile" "worker" {
  user_name               = alicloud_ram_user.worker.name
  password                = var.changed ? "Second-Pass-2026" : "First-Pass-2026"
  password_reset_required = var.changed
  mfa_bind_required       = false
}

resource "alicloud_ram_account_alias" "alias" {
  account_alias = var.changed ? "judged-again" : "judged"
}

resource "alicloud_ram_account_password_policy" "policy" {
  minimum_password_length   = var.changed ? 12 : 10
  require_symbols           = true
  password_reuse_prevention = 3
  max_login_attempts        = 4
}

resource "alicloud_ram_group" "others" {
  group_name = "judged-others"
  force      = true
}

resource "alicloud_ram_group_membership" "others" {
  group_name = alicloud_ram_group.others.id
  user_names = [alicloud_ram_user.worker.name]
}

# The id of another account of the cloud.
variable "partner" {
  type    = string
  default = null
}

resource "alicloud_image_share_permission" "partner" {
  count      = var.partner == null ? 0 : 1
  image_id   = alicloud_image.web.id
  account_id = var.partner
}

resource "alicloud_ecs_network_interface" "lent" {
  network_interface_name = "lent"
  vswitch_id             = alicloud_vswitch.main.id
  security_group_ids     = [alicloud_security_group.web.id]
}

resource "alicloud_ecs_network_interface_permission" "partner" {
  count                = var.partner == null ? 0 : 1
  account_id           = var.partner
  network_interface_id = alicloud_ecs_network_interface.lent.id
  permission           = "InstanceAttach"
  force                = true
}

resource "alicloud_vpc" "six" {
  vpc_name    = "six"
  cidr_block  = "10.0.0.0/8"
  enable_ipv6 = true
}

resource "alicloud_vswitch" "six" {
  vpc_id               = alicloud_vpc.six.id
  zone_id              = local.zone
  cidr_block           = "10.1.0.0/16"
  vswitch_name         = "six"
  enable_ipv6          = true
  ipv6_cidr_block_mask = 12
}

resource "alicloud_security_group" "six" {
  security_group_name = "six"
  vpc_id              = alicloud_vpc.six.id
}

resource "alicloud_instance" "six" {
  instance_name        = "six"
  image_id             = data.alicloud_images.linux.images[0].id
  instance_type        = "ecs.g6.large"
  vswitch_id           = alicloud_vswitch.six.id
  security_groups      = [alicloud_security_group.six.id]
  system_disk_category = "cloud_essd"
  ipv6_address_count   = 1
}

resource "alicloud_ecs_network_interface" "six" {
  network_interface_name             = "six"
  vswitch_id                         = alicloud_vswitch.six.id
  security_group_ids                 = [alicloud_security_group.six.id]
  ipv6_address_count                 = var.changed ? 2 : 1
  secondary_private_ip_address_count = var.changed ? 3 : 2
  delete_on_release                  = true
}
