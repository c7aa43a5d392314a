resource "alicloud_ram_user" "worker" {
  name         = "judged-worker"
  display_name = local.name
  mobile       = "86-18600000000"
  email        = "worker@example.com"
  comments     = "Works, ${local.name}"
  force        = true
}

resource "alicloud_ram_access_key" "worker" {
  user_name = alicloud_ram_user.worker.name
  status    = var.changed ? "Inactive" : "Active"
}

resource "alicloud_ram_group" "workers" {
  group_name = "judged-workers"
  comments   = "Work, ${local.name}"
  force      = true
}

resource "alicloud_ram_user_group_attachment" "worker" {
  group_name = alicloud_ram_group.workers.id
  user_name  = alicloud_ram_user.worker.name
}

resource "alicloud_ram_policy" "look" {
  policy_name = "judged-look"
  description = "Look"
  policy_document = jsonencode({
    Version   = "1"
    Statement = [{ Effect = "Allow", Action = var.changed ? ["ecs:Describe*", "vpc:Describe*"] : ["ecs:Describe*"], Resource = ["*"] }]
  })
  rotate_strategy = "DeleteOldestNonDefaultVersionWhenLimitExceeded"
  force           = true
}

resource "alicloud_ram_user_policy_attachment" "look" {
  user_name   = alicloud_ram_user.worker.name
  policy_name = alicloud_ram_policy.look.policy_name
  policy_type = "Custom"
}

resource "alicloud_ram_group_policy_attachment" "look" {
  group_name  = alicloud_ram_group.workers.id
  policy_name = alicloud_ram_policy.look.policy_name
  policy_type = "Custom"
}

resource "alicloud_ram_role" "machine" {
  role_name   = "judged-machine"
  description = "Machines, ${local.name}"
  assume_role_policy_document = jsonencode({
    Version   = "1"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = ["ecs.aliyuncs.com"] } }]
  })
  max_session_duration = var.changed ? 7200 : 3600
  force                = true
}

resource "alicloud_ram_role_policy_attachment" "look" {
  role_name   = alicloud_ram_role.machine.role_name
  policy_name = "AliyunECSReadOnlyAccess"
  policy_type = "System"
}

resource "alicloud_ecs_ram_role_attachment" "machine" {
  ram_role_name = alicloud_ram_role.machine.id
  instance_id   = alicloud_instance.by_spot.id
}
