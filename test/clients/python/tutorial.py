# -*- coding: utf-8 -*-
"""A program in the manner of Alibaba's tutorial on managing ECS instances, for aliyun-python-sdk-core and aliyun-python-sdk-ecs.

It is written for the real cloud: keys in the code's configuration, no endpoint, no proxy. It prints what it saw as JSON.
Usage: tutorial.py ACCESS_KEY_ID ACCESS_KEY_SECRET READER_KEY_ID READER_KEY_SECRET V_SWITCH_ID SECURITY_GROUP_ID IMAGE_ID
"""
import json
import logging
import sys
import time

from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient
from aliyunsdkecs.request.v20140526 import DeleteInstanceRequest
from aliyunsdkecs.request.v20140526 import DescribeDisksRequest
from aliyunsdkecs.request.v20140526 import DescribeInstancesRequest
from aliyunsdkecs.request.v20140526 import DescribeRegionsRequest
from aliyunsdkecs.request.v20140526 import StartInstanceRequest
from aliyunsdkecs.request.v20140526 import StopInstanceRequest
from aliyunsdkecs.request.v20140526 import CreateInstanceRequest

logging.basicConfig(
    level=logging.INFO,
    format="%(asctime)s %(filename)s[line:%(lineno)d] %(levelname)s %(message)s",
    datefmt="%a, %d %b %Y %H:%M:%S",
)

REGION = "cn-hangzhou"
key_id, key_secret, reader_id, reader_secret, v_switch_id, security_group_id, image_id = sys.argv[1:8]
clt = AcsClient(key_id, key_secret, REGION)


def _send(request, client=clt):
    request.set_accept_format("json")
    body = client.do_action_with_exception(request) if hasattr(client, "do_action_with_exception") else client.do_action(request)
    if isinstance(body, bytes):
        body = body.decode("utf-8")
    logging.info(body)
    return json.loads(body)


def _code(request, client):
    """The error code a call ends with."""
    try:
        _send(request, client)
        return "none"
    except ServerException as error:
        return error.get_error_code()


def _instance(instance_id):
    request = DescribeInstancesRequest.DescribeInstancesRequest()
    request.set_InstanceIds(json.dumps([instance_id]))
    found = _send(request)["Instances"]["Instance"]
    return found[0]["Status"] if found else "gone"


def _wait(instance_id, status):
    for _ in range(600):
        now = _instance(instance_id)
        if now == status:
            return now
        time.sleep(0.05)
    return "still " + now


def _with_id(request, instance_id):
    request.set_InstanceId(instance_id)
    return request


regions = [region["RegionId"] for region in _send(DescribeRegionsRequest.DescribeRegionsRequest())["Regions"]["Region"]]

ids = []
page = 1
while True:
    request = DescribeInstancesRequest.DescribeInstancesRequest()
    request.set_PageSize(50)
    request.set_PageNumber(page)
    answer = _send(request)
    ids += [instance["InstanceId"] for instance in answer["Instances"]["Instance"]]
    if len(ids) >= answer["TotalCount"] or not answer["Instances"]["Instance"]:
        break
    page += 1

disks = _send(DescribeDisksRequest.DescribeDisksRequest())

create = CreateInstanceRequest.CreateInstanceRequest()
create.set_InstanceType("ecs.g6.large")
create.set_ImageId(image_id)
create.set_VSwitchId(v_switch_id)
create.set_SecurityGroupId(security_group_id)
create.set_InstanceName(u"教程-tutorial")
made = _send(create)["InstanceId"]
states = [_wait(made, "Stopped")]
_send(_with_id(StartInstanceRequest.StartInstanceRequest(), made))
states.append(_wait(made, "Running"))
_send(_with_id(StopInstanceRequest.StopInstanceRequest(), made))
states.append(_wait(made, "Stopped"))
_send(_with_id(DeleteInstanceRequest.DeleteInstanceRequest(), made))
states.append(_wait(made, "gone"))

errors = {
    "wrongSecret": _code(DescribeRegionsRequest.DescribeRegionsRequest(), AcsClient(key_id, "not-the-secret", REGION)),
    "missingInstance": _code(_with_id(StartInstanceRequest.StartInstanceRequest(), "i-bp1doesnotexist00000"), clt),
    "forbidden": _code(_with_id(StopInstanceRequest.StopInstanceRequest(), ids[0]), AcsClient(reader_id, reader_secret, REGION)),
}

print(
    json.dumps(
        {"regions": regions, "instances": ids, "total": answer["TotalCount"], "disks": disks["TotalCount"], "states": states, "errors": errors}
    )
)
