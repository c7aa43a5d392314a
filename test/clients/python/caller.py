"""Calls operations of ECS with alibabacloud_ecs20140526, as lines of JSON ask for them; ../walks/callers.ts tells what they are."""
import json
import sys
import traceback

from alibabacloud_ecs20140526 import models
from alibabacloud_ecs20140526.client import Client
from alibabacloud_tea_openapi.models import Config
from alibabacloud_tea_util.models import RuntimeOptions

METHODS = {name.replace("_", "").lower(): name for name in dir(Client)}


def call(order):
    method = METHODS.get(order["call"].lower() + "withoptions")
    if method is None:
        return {"unknown": True}
    client = Client(
        Config(
            access_key_id=order["accessKeyId"],
            access_key_secret=order["accessKeySecret"],
            region_id=order["regionId"],
            endpoint=order["endpoint"],
            protocol="HTTP",
        )
    )
    try:
        request = getattr(models, order["call"] + "Request")().from_map(order["with"])
        return {"answer": getattr(client, method)(request, RuntimeOptions()).body.to_map()}
    except Exception as error:  # the SDK raises several classes; a refusal carries `code` and `status_code`
        if getattr(error, "code", None) and getattr(error, "status_code", getattr(error, "statusCode", None)):
            return {"refused": error.code, "message": error.message}
        return {"broken": traceback.format_exc()}


for line in sys.stdin:
    print(json.dumps(call(json.loads(line))), flush=True)
