resource "alicloud_vpc_ipv4_cidr_block" "second" {
  vpc_id               = alicloud_vpc.main.id
  secondary_cidr_block = "192.168.0.0/16"
}

resource "alicloud_nat_gateway" "out" {
  vpc_id           = alicloud_vpc.main.id
  vswitch_id       = alicloud_vswitch.main.id
  nat_gateway_name = local.name
  description      = "Out, ${local.name}"
  payment_type     = "PayAsYouGo"
  nat_type         = "Enhanced"
  tags             = local.tags
}

resource "alicloud_eip_address" "out" {
  address_name         = "out"
  bandwidth            = "10"
  internet_charge_type = "PayByTraffic"
}

resource "alicloud_eip_association" "out" {
  allocation_id = alicloud_eip_address.out.id
  instance_id   = alicloud_nat_gateway.out.id
  instance_type = "Nat"
}

resource "alicloud_snat_entry" "out" {
  snat_table_id     = alicloud_nat_gateway.out.snat_table_ids
  source_vswitch_id = alicloud_vswitch.other.id
  snat_ip           = alicloud_eip_address.out.ip_address
  snat_entry_name   = local.name
  depends_on        = [alicloud_eip_association.out]
}

resource "alicloud_forward_entry" "in" {
  forward_table_id   = alicloud_nat_gateway.out.forward_table_ids
  external_ip        = alicloud_eip_address.door.ip_address
  external_port      = "80"
  ip_protocol        = "tcp"
  internal_ip        = alicloud_instance.by_spot.private_ip
  internal_port      = var.changed ? "8081" : "8080"
  forward_entry_name = local.name
  depends_on         = [alicloud_eip_association.door]
}

resource "alicloud_eip_address" "door" {
  address_name = "door"
}

resource "alicloud_eip_association" "door" {
  allocation_id = alicloud_eip_address.door.id
  instance_id   = alicloud_nat_gateway.out.id
  instance_type = "Nat"
}

resource "alicloud_common_bandwidth_package" "shared" {
  bandwidth_package_name = local.name
  description            = "Shared, ${local.name}"
  bandwidth              = var.changed ? "30" : "20"
  internet_charge_type   = "PayByBandwidth"
  tags                   = local.tags
}

resource "alicloud_common_bandwidth_package_attachment" "door" {
  bandwidth_package_id = alicloud_common_bandwidth_package.shared.id
  instance_id          = alicloud_eip_association.door.allocation_id
}

data "alicloud_nat_gateways" "mine" {
  ids = [alicloud_nat_gateway.out.id]
}

data "alicloud_snat_entries" "mine" {
  snat_table_id = alicloud_snat_entry.out.snat_table_id
}

data "alicloud_forward_entries" "mine" {
  forward_table_id = alicloud_forward_entry.in.forward_table_id
}

data "alicloud_common_bandwidth_packages" "mine" {
  ids = [alicloud_common_bandwidth_package_attachment.door.bandwidth_package_id]
}

output "seen_outward" {
  value = {
    gateways = data.alicloud_nat_gateways.mine.gateways[*].status
    snats    = length(data.alicloud_snat_entries.mine.entries)
    forwards = length(data.alicloud_forward_entries.mine.entries)
    shared   = data.alicloud_common_bandwidth_packages.mine.packages[*].status
  }
}
