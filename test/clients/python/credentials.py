"""Temporary credentials in every way of alibabacloud_credentials that asks somebody, endpoints as built in; run through `tanxing run`.

Usage: credentials.py KEY_ID KEY_SECRET ROLE_ARN OIDC_PROVIDER_ARN OIDC_TOKEN_FILE
"""
import asyncio
import json
import sys
import urllib.request

from alibabacloud_credentials.client import Client
from alibabacloud_credentials.models import Config
from alibabacloud_ecs20140526 import models
from alibabacloud_ecs20140526.client import Client as Ecs
from alibabacloud_tea_openapi.models import Config as EcsConfig
from aliyunsdkcore.client import AcsClient
from aliyunsdkcore.endpoint.location_service_endpoint_resolver import LocationServiceEndpointResolver
from aliyunsdkcore.endpoint.resolver_endpoint_request import ResolveEndpointRequest

key_id, key_secret, role_arn, provider_arn, token_file = sys.argv[1:6]

ways = {
    "chain": lambda: Client(),
    "instance": lambda: Client(Config(type="ecs_ram_role")),
    "hardened": lambda: Client(Config(type="ecs_ram_role", role_name="worker", disable_imds_v1=True)),
    "role": lambda: Client(
        Config(type="ram_role_arn", access_key_id=key_id, access_key_secret=key_secret, role_arn=role_arn, role_session_name="role-1")
    ),
    "oidc": lambda: Client(
        Config(
            type="oidc_role_arn",
            role_arn=role_arn,
            oidc_provider_arn=provider_arn,
            oidc_token_file_path=token_file,
            role_session_name="oidc-1",
        )
    ),
}


def session(credential):
    return {
        "accessKeyId": credential.access_key_id,
        "accessKeySecret": credential.access_key_secret,
        "securityToken": credential.security_token,
    }


sessions = {name: session(make().get_credential()) for name, make in ways.items()}
sessions["later"] = session(asyncio.run(ways["instance"]().get_credential_async()))

ecs = Ecs(EcsConfig(credential=Client(), region_id="cn-hangzhou"))
regions = len(ecs.describe_regions(models.DescribeRegionsRequest()).body.regions.region)

resolver = LocationServiceEndpointResolver(AcsClient(key_id, key_secret, "cn-hangzhou"))
endpoint = resolver.resolve(ResolveEndpointRequest("cn-hangzhou", "ecs", "ecs", "openAPI"))


def metadata(path, method="GET", headers={}):
    request = urllib.request.Request("http://100.100.100.200/latest/" + path, method=method, headers=headers)
    return urllib.request.urlopen(request).read().decode()


token = metadata("api/token", "PUT", {"X-aliyun-ecs-metadata-token-ttl-seconds": "60"})
termination = metadata("meta-data/instance/spot/termination-time", headers={"X-aliyun-ecs-metadata-token": token})
print(json.dumps({"sessions": sessions, "regions": regions, "endpoint": endpoint, "termination": termination}))
