"""Foreign image bytes are decoded here and nowhere else: in killable children without files, network or threads."""

from kontor.platform.sandbox.errors import CodecUnknown, Overrun, SandboxError, SandboxUnavailable, Undecodable
from kontor.platform.sandbox.pool import Sandbox
from kontor.platform.sandbox.requests import DecodeRequest, EncodeRequest, Pixels

__all__ = [
    "CodecUnknown",
    "DecodeRequest",
    "EncodeRequest",
    "Overrun",
    "Pixels",
    "Sandbox",
    "SandboxError",
    "SandboxUnavailable",
    "Undecodable",
]
