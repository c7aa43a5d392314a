data "alicloud_zones" "ssd" {
  available_disk_category     = "cloud_essd"
  available_resource_creation = "VSwitch"
}

locals {
  zone = data.alicloud_zones.ssd.zones[0].id
}

resource "alicloud_vpc" "main" {
  vpc_name    = local.name
  description = "A network, ${local.name}"
  cidr_block  = "172.16.0.0/12"
  tags        = local.tags
}

resource "alicloud_vswitch" "main" {
  vpc_id       = alicloud_vpc.main.id
  zone_id      = local.zone
  cidr_block   = "172.16.0.0/24"
  vswitch_name = local.name
  description  = "A switch, ${local.name}"
  tags         = local.tags
}

resource "alicloud_security_group" "web" {
  security_group_name = local.name
  description         = "Web, ${local.name}"
  vpc_id              = alicloud_vpc.main.id
  inner_access_policy = var.changed ? "Drop" : "Accept"
  tags                = local.tags
}

resource "alicloud_security_group" "strict" {
  security_group_name = "${local.name}-strict"
  vpc_id              = alicloud_vpc.main.id
  security_group_type = "enterprise"
}

resource "alicloud_security_group" "peer" {
  security_group_name = "peer"
  vpc_id              = alicloud_vpc.main.id
}

resource "alicloud_security_group_rule" "https" {
  security_group_id = alicloud_security_group.web.id
  type              = "ingress"
  ip_protocol       = "tcp"
  nic_type          = "intranet"
  policy            = "accept"
  port_range        = "443/443"
  priority          = 1
  cidr_ip           = "0.0.0.0/0"
  description       = "https, ${local.name}"
}

resource "alicloud_security_group_rule" "all_ipv6" {
  security_group_id = alicloud_security_group.web.id
  type              = "ingress"
  ip_protocol       = "icmpv6"
  nic_type          = "intranet"
  policy            = "drop"
  port_range        = "-1/-1"
  priority          = 100
  ipv6_cidr_ip      = "::/0"
}

resource "alicloud_security_group_rule" "from_peer" {
  security_group_id        = alicloud_security_group.web.id
  type                     = "ingress"
  ip_protocol              = "udp"
  nic_type                 = "intranet"
  port_range               = "1/65535"
  source_security_group_id = alicloud_security_group.peer.id
}

resource "alicloud_security_group_rule" "out" {
  security_group_id = alicloud_security_group.web.id
  type              = "egress"
  ip_protocol       = "all"
  nic_type          = "intranet"
  policy            = "drop"
  port_range        = "-1/-1"
  priority          = var.changed ? 20 : 10
  cidr_ip           = "10.0.0.0/8"
}
