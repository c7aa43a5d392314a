terraform {
  required_providers {
    alicloud = {
      source = "aliyun/alicloud"
    }
  }
}

provider "alicloud" {
  region = "cn-hangzhou"
}

# False for the first apply, true for the update in place.
variable "changed" {
  type    = bool
  default = false
}

locals {
  name = var.changed ? "judged-again" : "judged"
  tags = var.changed ? { made = "terraform", stage = "two", more = "yes" } : { made = "terraform", stage = "one" }
}

provider "alicloud" {
  alias  = "away"
  region = "cn-shanghai"
}
