# -*- coding: utf-8 -*-
"""Loaded by every Python program under `tanxing run` before its own code.

Old SDKs know no proxy, and the SDK of today trusts only the authorities that the package certifi brings. So names below aliyuncs.com
resolve to the proxy's port, the metadata service lies there too, and whoever loads a list of authorities gets the local one besides.
"""
import os
import re
import socket
import sys

_metadata = "100.100.100.200"
_below = re.compile(r"([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+aliyuncs\.com\.?\Z", re.IGNORECASE)


def _lead(port):
    resolve = socket.getaddrinfo

    def getaddrinfo(host, *args, **kwargs):
        name = host.decode("latin-1") if isinstance(host, bytes) else host
        if name is None or not (name == _metadata or _below.match(name)):
            return resolve(host, *args, **kwargs)
        names = ("port", "family", "type", "proto", "flags")
        given = dict(zip(names, args), **kwargs)
        return resolve("127.0.0.1", port, socket.AF_INET, given.get("type", 0), given.get("proto", 0))

    socket.getaddrinfo = getaddrinfo

    # Who connects to an address, as asyncio does, resolves no name.
    def led(connect):
        def to(self, address):
            metadata = isinstance(address, tuple) and address[:1] == (_metadata,)
            return connect(self, ("127.0.0.1", port) if metadata else address)

        return to

    socket.socket.connect = led(socket.socket.connect)
    socket.socket.connect_ex = led(socket.socket.connect_ex)


def _trust(authority):
    try:
        import ssl

        load = ssl.SSLContext.load_verify_locations
    except (ImportError, AttributeError):  # a Python without TLS
        return

    def load_verify_locations(self, *args, **kwargs):
        load(self, *args, **kwargs)
        load(self, authority)

    ssl.SSLContext.load_verify_locations = load_verify_locations


def _next():
    """The sitecustomize that would have been loaded without this one."""
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [path for path in sys.path if os.path.abspath(path) != here]
    this = sys.modules.pop("sitecustomize")
    try:
        import sitecustomize  # noqa: F401
    finally:
        sys.modules.setdefault("sitecustomize", this)


if os.environ.get("TANXING_RUN_PORT", "").isdigit():
    _lead(int(os.environ["TANXING_RUN_PORT"]))
    if os.path.isfile(os.environ.get("SSL_CERT_FILE", "")):
        _trust(os.environ["SSL_CERT_FILE"])
_next()
