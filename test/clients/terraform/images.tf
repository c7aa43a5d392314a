resource "alicloud_image" "web" {
  instance_id  = alicloud_instance.by_use.id
  image_name   = local.name
  description  = "Web, ${local.name}"
  image_family = var.changed ? "judged-family" : "judging-family"
  tags         = local.tags
  force        = true

  # The snapshots of its disks stay otherwise.
  delete_auto_snapshot = true

  # A disk that is being attached is not imaged.
  depends_on = [alicloud_ecs_disk_attachment.data, alicloud_ecs_snapshot.data]
}

resource "alicloud_image_copy" "away" {
  provider         = alicloud.away
  source_image_id  = alicloud_image.web.id
  source_region_id = "cn-hangzhou"
  image_name       = "${local.name}-away"
  description      = "Web, away, ${local.name}"
  tags             = local.tags

  delete_auto_snapshot = true
}
