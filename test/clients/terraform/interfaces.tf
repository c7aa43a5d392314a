resource "alicloud_ecs_network_interface" "second" {
  network_interface_name = local.name
  description            = "A second one, ${local.name}"
  vswitch_id             = alicloud_vswitch.main.id
  security_group_ids     = [alicloud_security_group.web.id]
  primary_ip_address     = "172.16.0.100"
  private_ip_addresses   = var.changed ? ["172.16.0.101", "172.16.0.103"] : ["172.16.0.101", "172.16.0.102"]
  tags                   = local.tags
}

resource "alicloud_ecs_network_interface_attachment" "second" {
  network_interface_id = alicloud_ecs_network_interface.second.id
  instance_id          = alicloud_instance.by_term.id
}

resource "alicloud_eip_address" "main" {
  address_name         = local.name
  description          = "An address, ${local.name}"
  bandwidth            = var.changed ? "20" : "10"
  internet_charge_type = "PayByTraffic"
  tags                 = local.tags
}

resource "alicloud_eip_association" "main" {
  allocation_id = alicloud_eip_address.main.id
  instance_id   = alicloud_instance.by_term.id
}

resource "alicloud_eip_address" "of_interface" {
  bandwidth    = "5"
  address_name = "of-interface"
}

resource "alicloud_eip_association" "of_interface" {
  allocation_id = alicloud_eip_address.of_interface.id
  instance_id   = alicloud_ecs_network_interface_attachment.second.network_interface_id
  instance_type = "NetworkInterface"
}
