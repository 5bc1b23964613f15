"""What can go wrong when foreign bytes are decoded: one hierarchy."""

from __future__ import annotations


class SandboxError(Exception):
    """Any failure of the sandbox. The service itself is never harmed by it."""


class Undecodable(SandboxError):
    """The bytes are not what the request says, or the decoder died of them: permanent for this frame."""


class Overrun(SandboxError):
    """The work took more time or memory than allowed, and was stopped: permanent for this frame under these limits."""


class CodecUnknown(SandboxError):
    """Nobody here decodes or encodes this format."""


class SandboxUnavailable(SandboxError):
    """No child could be started, or none became free in time: repeatable."""
