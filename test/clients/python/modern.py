"""The same walk with alibabacloud_ecs20140526, the SDK of today; written for the real cloud, run unchanged through `tanxing run`.

Usage: modern.py ACCESS_KEY_ID ACCESS_KEY_SECRET READER_KEY_ID READER_KEY_SECRET V_SWITCH_ID SECURITY_GROUP_ID IMAGE_ID
"""
import json
import sys
import time

from alibabacloud_ecs20140526 import models
from alibabacloud_ecs20140526.client import Client
from alibabacloud_tea_openapi.models import Config

REGION = "cn-hangzhou"
key_id, key_secret, reader_id, reader_secret, v_switch_id, security_group_id, image_id = sys.argv[1:8]


def client_of(access_key_id, access_key_secret):
    return Client(Config(access_key_id=access_key_id, access_key_secret=access_key_secret, region_id=REGION))


clt = client_of(key_id, key_secret)


def code(call):
    try:
        call()
        return "none"
    except Exception as error:  # the SDK raises several classes; all carry `code`
        return getattr(error, "code", repr(error))


def status(instance_id):
    answer = clt.describe_instances(models.DescribeInstancesRequest(region_id=REGION, instance_ids=json.dumps([instance_id])))
    found = answer.body.instances.instance
    return found[0].status if found else "gone"


def wait(instance_id, wanted):
    for _ in range(600):
        now = status(instance_id)
        if now == wanted:
            return now
        time.sleep(0.05)
    return "still " + now


regions = [region.region_id for region in clt.describe_regions(models.DescribeRegionsRequest()).body.regions.region]

ids = []
token = None
while True:
    body = clt.describe_instances(models.DescribeInstancesRequest(region_id=REGION, max_results=50, next_token=token)).body
    ids += [instance.instance_id for instance in body.instances.instance]
    token = body.next_token
    if not token:
        break

disks = clt.describe_disks(models.DescribeDisksRequest(region_id=REGION)).body.total_count

made = clt.run_instances(
    models.RunInstancesRequest(
        region_id=REGION,
        instance_type="ecs.g6.large",
        image_id=image_id,
        v_switch_id=v_switch_id,
        security_group_id=security_group_id,
        instance_name="现代-modern",
        system_disk=models.RunInstancesRequestSystemDisk(category="cloud_essd", size="40"),
        tag=[models.RunInstancesRequestTag(key="app", value="modern")],
    )
).body.instance_id_sets.instance_id_set[0]
states = [wait(made, "Running")]
clt.stop_instance(models.StopInstanceRequest(instance_id=made))
states.append(wait(made, "Stopped"))
clt.start_instance(models.StartInstanceRequest(instance_id=made))
states.append(wait(made, "Running"))
clt.delete_instance(models.DeleteInstanceRequest(instance_id=made, force=True))
states.append(wait(made, "gone"))

errors = {
    "wrongSecret": code(lambda: client_of(key_id, "not-the-secret").describe_regions(models.DescribeRegionsRequest())),
    "missingInstance": code(lambda: clt.start_instance(models.StartInstanceRequest(instance_id="i-bp1doesnotexist00000"))),
    "forbidden": code(lambda: client_of(reader_id, reader_secret).stop_instance(models.StopInstanceRequest(instance_id=ids[0]))),
}

print(json.dumps({"regions": regions, "instances": ids, "disks": disks, "states": states, "errors": errors}))
