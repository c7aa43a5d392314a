"""Calls operations with Alibaba's SDKs of today, alibabacloud_ecs20140526 and its like, as lines of JSON ask for them; ../walks/callers.ts tells what they are."""
import importlib
import json
import sys
import traceback

from alibabacloud_tea_openapi.models import Config
from alibabacloud_tea_util.models import RuntimeOptions


def call(order):
    sdk = "alibabacloud_" + order["api"]
    models, kind = importlib.import_module(sdk + ".models"), importlib.import_module(sdk + ".client").Client
    wanted = order["call"].lower() + "withoptions"
    method = next((name for name in dir(kind) if name.replace("_", "").lower() == wanted), None)
    if method is None:
        return {"unknown": True}
    client = kind(
        Config(
            access_key_id=order["accessKeyId"],
            access_key_secret=order["accessKeySecret"],
            region_id=order["regionId"],
            endpoint=order["endpoint"],
            protocol="HTTP",
        )
    )
    try:
        # An operation without parameters has no request.
        kind = getattr(models, order["call"] + "Request", None)
        request = [] if kind is None else [kind().from_map(order["with"])]
        return {"answer": getattr(client, method)(*request, RuntimeOptions()).body.to_map()}
    except Exception as error:  # the SDK raises several classes; a refusal carries `code` and `status_code`
        if getattr(error, "code", None) and getattr(error, "status_code", getattr(error, "statusCode", None)):
            return {"refused": error.code, "message": error.message}
        return {"broken": traceback.format_exc()}


for line in sys.stdin:
    print(json.dumps(call(json.loads(line))), flush=True)
