"""Lock a process in, by limits and a filter on system calls: only reading, writing and memory are left.

The filter is classic BPF (seccomp(2)), installed through prctl: no library is needed. Calls that are not on the list
fail with EPERM. Two architectures are known; on others the limits alone hold, and `Confinement` says so.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

_PR_SET_DUMPABLE: Final = 4
_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_SET_SECCOMP: Final = 22
_SECCOMP_MODE_FILTER: Final = 2
_RET_ALLOW: Final = 0x7FFF0000
_RET_ERRNO: Final = 0x00050000
_RET_KILL_PROCESS: Final = 0x80000000
_LOAD_WORD: Final = 0x20  # BPF_LD | BPF_W | BPF_ABS
_JUMP_EQUAL: Final = 0x15  # BPF_JMP | BPF_JEQ | BPF_K
_RETURN: Final = 0x06  # BPF_RET | BPF_K
_OFFSET_OF_NUMBER: Final = 0
_OFFSET_OF_ARCHITECTURE: Final = 4

# read write close fstat lseek mmap mprotect munmap brk rt_sigaction rt_sigprocmask rt_sigreturn pread64 readv writev
# sched_yield mremap madvise getpid exit sigaltstack gettid futex sched_getaffinity clock_gettime exit_group tgkill
# getrusage getrandom restart_syscall clock_nanosleep membarrier rseq prlimit64
_X86_64: Final = (
    *(0, 1, 3, 5, 8, 9, 10, 11, 12, 13, 14, 15, 17, 19, 20, 24, 25, 28, 39, 60, 131),
    *(186, 202, 204, 228, 231, 234, 98, 318, 219, 230, 324, 334, 302),
)
_AARCH64: Final = (
    *(63, 64, 57, 80, 62, 222, 226, 215, 214, 134, 135, 139, 67, 65, 66, 124, 216, 233, 172, 93, 132),
    *(178, 98, 123, 113, 94, 131, 165, 278, 128, 115, 283, 293, 261),
)
_ARCHITECTURES: Final[Mapping[str, tuple[int, tuple[int, ...]]]] = {
    "x86_64": (0xC000003E, _X86_64),
    "aarch64": (0xC00000B7, _AARCH64),
}


@dataclass(frozen=True, slots=True)
class Confinement:
    """What could be put in place; limits always are."""

    seccomp: bool


def confine(memory_bytes: int, cpu_s: int) -> Confinement:
    """Limit this process for ever: `memory_bytes` beyond what it has mapped, `cpu_s` seconds of processor in all."""
    _limit(resource.RLIMIT_AS, _mapped_bytes() + memory_bytes)
    _limit(resource.RLIMIT_CPU, cpu_s)
    _limit(resource.RLIMIT_NOFILE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_NPROC, 0)
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return Confinement(seccomp=False)
    return Confinement(seccomp=_install_filter(libc))


def _limit(which: int, value: int) -> None:
    _, hard = resource.getrlimit(which)
    bounded = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(which, (bounded, bounded))


def _mapped_bytes() -> int:
    """Address space in use: numpy and the codecs have mapped a good deal before the first frame."""
    with open("/proc/self/statm", "rb") as state:  # noqa: PTH123  pathlib would be loaded for this alone
        return int(state.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def _install_filter(libc: ctypes.CDLL) -> bool:
    """Install the filter of this architecture; False where there is none or the kernel refuses."""
    known = _ARCHITECTURES.get(platform.machine())
    if known is None:
        return False
    program = filter_program(*known)
    instructions = ctypes.create_string_buffer(program, len(program))
    header = struct.pack("@HP", len(program) // 8, ctypes.addressof(instructions))
    return bool(libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, header, 0, 0) == 0)


def filter_program(architecture: int, allowed: tuple[int, ...]) -> bytes:
    """The filter in 8 byte instructions: another architecture kills, an allowed call passes, others fail with EPERM."""
    count = len(allowed)
    jumps = [(_JUMP_EQUAL, count - index, 0, number) for index, number in enumerate(allowed)]
    program = [
        (_LOAD_WORD, 0, 0, _OFFSET_OF_ARCHITECTURE),
        (_JUMP_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _RET_KILL_PROCESS),
        (_LOAD_WORD, 0, 0, _OFFSET_OF_NUMBER),
        *jumps,
        (_RETURN, 0, 0, _RET_ERRNO | errno.EPERM),
        (_RETURN, 0, 0, _RET_ALLOW),
    ]
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
