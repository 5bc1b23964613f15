"""The child process that decodes: `python -m kontor.platform.sandbox.child MEMORY_BYTES CPU_S FRAME_BYTES_MAX`.

Requests come through standard input and answers go through standard output. It loads and warms every codec, locks
itself in, says that it is ready, and works until its input ends. It exits by itself when its service is gone.
"""

from __future__ import annotations

import os
import resource
import sys
from collections.abc import Mapping

from kontor.platform.sandbox import decoding, encoding, framing
from kontor.platform.sandbox.confinement import confine
from kontor.platform.sandbox.errors import SandboxError
from kontor.platform.sandbox.framing import Header, Value
from kontor.platform.sandbox.requests import DecodeRequest, EncodeRequest
from kontor.platform.sandbox.warming import warm_up

_INPUT = 0
_OUTPUT = 1


def main() -> None:
    """Serve until the input ends."""
    memory_bytes, cpu_s, frame_bytes_max = (int(argument) for argument in sys.argv[1:4])
    warm_up()
    confinement = confine(memory_bytes, cpu_s)
    _send({"ready": True, "seccomp": confinement.seccomp}, b"")
    while True:
        try:
            header, data = framing.receive(_read, 2 * frame_bytes_max)
        except EOFError:
            return
        _send(*_answer(header, bytes(data), frame_bytes_max))


def _answer(header: Header, data: bytes, frame_bytes_max: int) -> tuple[Header, bytes]:
    """Do what is asked; whatever a codec raises becomes an answer."""
    try:
        act = header.pop("act")
        if act == "decode":
            request = DecodeRequest(data=data, **header)  # type: ignore[arg-type]  # checked on the next line
            request.check(frame_bytes_max)
            pixels = decoding.decode(request)
            answer: Header = {"dtype": pixels.dtype, "colour_space": pixels.colour_space}
            return {"outcome": "done", **answer}, pixels.data
        picture = EncodeRequest(data=data, **header)  # type: ignore[arg-type]  # checked on the next line
        picture.check(frame_bytes_max)
        return {"outcome": "done"}, encoding.encode(picture)
    except MemoryError:
        return {"outcome": "overrun", "reason": "memory"}, b""
    except (SandboxError, RuntimeError, ValueError, TypeError, OSError, KeyError, IndexError, ArithmeticError) as error:
        return {"outcome": "undecodable", "reason": f"{type(error).__name__}: {error}"[:300]}, b""


def _read(length: int) -> bytearray:
    target = memoryview(bytearray(length))
    done = 0
    while done < length:
        count = os.readv(_INPUT, [target[done:]])
        if count == 0:
            raise EOFError
        done += count
    return target.obj  # type: ignore[return-value]  # the bytearray that the view was made of


def _send(header: Mapping[str, Value], data: bytes) -> None:
    used = resource.getrusage(resource.RUSAGE_SELF)
    parts = [framing.pack({**header, "cpu_s": used.ru_utime + used.ru_stime}, len(data)), data]
    for part in parts:
        view = memoryview(part)
        while view:
            view = view[os.write(_OUTPUT, view) :]


if __name__ == "__main__":
    main()
