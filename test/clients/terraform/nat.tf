# A network of its own, led out by a NAT gateway whose addresses share a bandwidth.
resource "alicloud_vpc" "inside" {
  vpc_name                = "${local.name}-inside"
  cidr_block              = var.changed ? "10.0.0.0/8" : "10.0.0.0/16"
  user_cidrs              = ["30.0.0.0/8"]
  dns_hostname_status     = var.changed ? "ENABLED" : "DISABLED"
  system_route_table_name = local.name
}

resource "alicloud_vpc_ipv4_cidr_block" "more" {
  vpc_id               = alicloud_vpc.inside.id
  secondary_cidr_block = "192.168.0.0/16"
}

resource "alicloud_vswitch" "inside" {
  vpc_id     = alicloud_vpc.inside.id
  zone_id    = local.zone
  cidr_block = "10.0.0.0/24"
}

resource "alicloud_vswitch" "more" {
  vpc_id     = alicloud_vpc_ipv4_cidr_block.more.vpc_id
  zone_id    = local.zone
  cidr_block = "192.168.1.0/24"
}

resource "alicloud_nat_gateway" "out" {
  vpc_id               = alicloud_vpc.inside.id
  vswitch_id           = alicloud_vswitch.inside.id
  nat_type             = "Enhanced"
  nat_gateway_name     = local.name
  description          = "Out, ${local.name}"
  payment_type         = "PayAsYouGo"
  internet_charge_type = "PayByLcu"
  icmp_reply_enabled   = !var.changed
  tags                 = local.tags
}

resource "alicloud_nat_gateway" "private" {
  vpc_id           = alicloud_vpc.inside.id
  vswitch_id       = alicloud_vswitch.inside.id
  nat_type         = "Enhanced"
  network_type     = "intranet"
  nat_gateway_name = "${local.name}-private"
}

resource "alicloud_eip_address" "out" {
  count        = 2
  address_name = "${local.name}-${count.index}"
  bandwidth    = "5"
}

resource "alicloud_eip_association" "out" {
  count         = 2
  allocation_id = alicloud_eip_address.out[count.index].id
  instance_id   = alicloud_nat_gateway.out.id
  instance_type = "Nat"
}

resource "alicloud_common_bandwidth_package" "shared" {
  bandwidth              = var.changed ? 30 : 20
  internet_charge_type   = "PayByBandwidth"
  bandwidth_package_name = local.name
  description            = "Shared, ${local.name}"
  deletion_protection    = !var.changed
  tags                   = local.tags
}

resource "alicloud_common_bandwidth_package_attachment" "shared" {
  count                       = 2
  bandwidth_package_id        = alicloud_common_bandwidth_package.shared.id
  instance_id                 = alicloud_eip_address.out[count.index].id
  bandwidth_package_bandwidth = count.index == 0 ? (var.changed ? "8" : "9") : null
}

resource "alicloud_snat_entry" "all" {
  snat_table_id     = alicloud_nat_gateway.out.snat_table_ids
  source_vswitch_id = alicloud_vswitch.inside.id
  snat_ip           = join(",", alicloud_eip_address.out[*].ip_address)
  snat_entry_name   = local.name
  eip_affinity      = var.changed ? 1 : 0
  depends_on        = [alicloud_eip_association.out]
}

resource "alicloud_snat_entry" "more" {
  snat_table_id = alicloud_nat_gateway.out.snat_table_ids
  source_cidr   = "192.168.1.0/24"
  snat_ip       = alicloud_eip_address.out[1].ip_address
  depends_on    = [alicloud_eip_association.out]
}

resource "alicloud_forward_entry" "web" {
  forward_table_id   = alicloud_nat_gateway.out.forward_table_ids
  forward_entry_name = local.name
  external_ip        = alicloud_eip_address.out[0].ip_address
  external_port      = "80"
  ip_protocol        = "tcp"
  internal_ip        = "10.0.0.99"
  internal_port      = var.changed ? "8081" : "8080"
  depends_on         = [alicloud_eip_association.out]
}

resource "alicloud_forward_entry" "ssh" {
  forward_table_id = alicloud_nat_gateway.out.forward_table_ids
  external_ip      = alicloud_eip_address.out[1].ip_address
  external_port    = "22"
  ip_protocol      = "tcp"
  internal_ip      = "10.0.0.98"
  internal_port    = "22"
  depends_on       = [alicloud_eip_association.out]
}

resource "alicloud_route_entry" "elsewhere" {
  route_table_id        = alicloud_vpc.inside.route_table_id
  destination_cidrblock = "172.20.0.0/16"
  nexthop_type          = "NatGateway"
  nexthop_id            = alicloud_nat_gateway.private.id
}

resource "alicloud_havip" "inside" {
  vswitch_id  = alicloud_vswitch.more.id
  ha_vip_name = local.name
}

data "alicloud_nat_gateways" "mine" {
  ids        = [alicloud_nat_gateway.out.id]
  depends_on = [alicloud_eip_association.out]
}

data "alicloud_common_bandwidth_packages" "mine" {
  ids = [alicloud_common_bandwidth_package.shared.id]
}

data "alicloud_snat_entries" "mine" {
  snat_table_id = alicloud_nat_gateway.out.snat_table_ids
  depends_on    = [alicloud_snat_entry.all, alicloud_snat_entry.more]
}

data "alicloud_forward_entries" "mine" {
  forward_table_id = alicloud_nat_gateway.out.forward_table_ids
  depends_on       = [alicloud_forward_entry.web, alicloud_forward_entry.ssh]
}

output "nat" {
  value = {
    gateways  = data.alicloud_nat_gateways.mine.gateways[*].status
    addresses = length(data.alicloud_nat_gateways.mine.gateways[0].ip_lists)
    packages  = data.alicloud_common_bandwidth_packages.mine.packages[*].bandwidth
    snat      = length(data.alicloud_snat_entries.mine.entries)
    forward   = length(data.alicloud_forward_entries.mine.entries)
  }
}
