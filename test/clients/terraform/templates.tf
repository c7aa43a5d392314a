resource "alicloud_ecs_launch_template" "web" {
  launch_template_name          = "judged-web"
  description                   = "Web"
  version_description           = local.name
  update_default_version_number = true
  image_id                      = data.alicloud_images.linux.images[0].id
  instance_type                 = var.changed ? "ecs.g6.xlarge" : "ecs.g6.large"
  instance_name                 = local.name
  host_name                     = "from-template"
  instance_charge_type          = "PostPaid"
  security_group_id             = alicloud_security_group.web.id
  vswitch_id                    = alicloud_vswitch.main.id
  internet_max_bandwidth_out    = 0
  key_pair_name                 = alicloud_ecs_key_pair.made.key_pair_name
  user_data                     = base64encode("#!/bin/sh\necho ${local.name}\n")
  tags                          = local.tags
  template_tags                 = local.tags

  system_disk {
    category             = "cloud_essd"
    size                 = var.changed ? 60 : 40
    performance_level    = "PL1"
    delete_with_instance = true
  }

  data_disks {
    name                 = "data"
    category             = "cloud_essd"
    size                 = 20
    performance_level    = "PL1"
    delete_with_instance = true
  }
}

resource "alicloud_auto_provisioning_group" "fleet" {
  auto_provisioning_group_name        = local.name
  launch_template_id                  = alicloud_ecs_launch_template.web.id
  launch_template_version             = "1"
  auto_provisioning_group_type        = "maintain"
  total_target_capacity               = var.changed ? "4" : "3"
  pay_as_you_go_target_capacity       = "1"
  spot_target_capacity                = "2"
  default_target_capacity_type        = "PayAsYouGo"
  terminate_instances                 = true
  terminate_instances_with_expiration = true
  excess_capacity_termination_policy  = "termination"

  launch_template_config {
    instance_type     = "ecs.g6.large"
    vswitch_id        = alicloud_vswitch.main.id
    weighted_capacity = "1"
    max_price         = "2"
  }
}

resource "alicloud_ecs_command" "hello" {
  name            = "judged-hello"
  type            = "RunShellScript"
  command_content = base64encode("echo hello")
  description     = "Says hello"
  timeout         = 60
  working_dir     = "/root"
}

resource "alicloud_ecs_invocation" "hello" {
  command_id  = alicloud_ecs_command.hello.id
  instance_id = [alicloud_instance.by_use.id]
}
