# A public key that belongs to nobody: its private half was thrown away.
resource "alicloud_ecs_key_pair" "imported" {
  key_pair_name = "judged-imported"
  public_key    = "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQDT6DabGcXKv4tOnX8Sj9OmqHbJI5zmpLKDtM+WhbQJ3ZT9b2t+AdChTA2bZuEKCfNyyilF5nFdaCNrR+jjlOjYiWccsjKfg/y9ytXYDXj+oc7w80PQp75o2AwCWM9klEb0Qf0/4X609OkZh54DyH/hk1V2/I7vKLcTRNbHieCfSKNhf3vFpcd4HcQv9MU4pWI9gf6mX/Zk6hrN0smdCKivrz+7JR8HBodLa1ZkINZP9cNghMPmI1od/XbjwNUN7Xa7fNZ0Slwie4zaSS9UefIHlRtfe5g3kajQwCWgfQC+o7D1bnWwxnuQmczSUXjb7h++fhI6+OTItoWeevJKApnL nobody"
  tags          = local.tags
}

resource "alicloud_ecs_key_pair" "made" {
  key_pair_name = "judged-made"
}

resource "alicloud_ecs_key_pair_attachment" "made" {
  key_pair_name = alicloud_ecs_key_pair.made.key_pair_name
  instance_ids  = [alicloud_instance.by_spot.id]
}
