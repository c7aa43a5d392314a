resource "alicloud_ecs_disk" "data" {
  zone_id              = local.zone
  disk_name            = local.name
  description          = "Data, ${local.name}"
  category             = "cloud_essd"
  performance_level    = var.changed ? "PL0" : "PL1"
  size                 = var.changed ? 50 : 30
  delete_auto_snapshot = true
  tags                 = local.tags
}

resource "alicloud_ecs_disk_attachment" "data" {
  disk_id     = alicloud_ecs_disk.data.id
  instance_id = alicloud_instance.by_use.id
}

resource "alicloud_ecs_snapshot" "data" {
  disk_id        = alicloud_ecs_disk_attachment.data.disk_id
  snapshot_name  = local.name
  description    = "Of the data, ${local.name}"
  category       = "standard"
  retention_days = var.changed ? 30 : 20
  tags           = local.tags
}

resource "alicloud_ecs_disk" "again" {
  zone_id     = local.zone
  snapshot_id = alicloud_ecs_snapshot.data.id
  disk_name   = "again"
  category    = "cloud_essd"
  size        = 60
}

resource "alicloud_ecs_auto_snapshot_policy" "nightly" {
  auto_snapshot_policy_name = local.name
  repeat_weekdays           = var.changed ? ["1", "3", "5"] : ["1", "2", "3", "4", "5", "6", "7"]
  time_points               = var.changed ? ["2", "14"] : ["1"]
  retention_days            = var.changed ? 14 : 7
  tags                      = local.tags
}

resource "alicloud_ecs_auto_snapshot_policy_attachment" "nightly" {
  auto_snapshot_policy_id = alicloud_ecs_auto_snapshot_policy.nightly.id
  disk_id                 = alicloud_ecs_disk_attachment.data.disk_id
}
