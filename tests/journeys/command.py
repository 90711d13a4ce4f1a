"""Runs the real command in a real subprocess."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

_PR_CAPBSET_DROP = 24
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH = 1, 2


def firsthand(*words: str, cwd: Path, seconds: float = 240, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """What `firsthand WORDS` came to. `options` go to `subprocess.run`."""
    environment = {**os.environ, "PYTHONWARNINGS": "error", **options.pop("env", {})}
    return subprocess.run(
        [sys.executable, "-P", "-m", "firsthand", *words],
        cwd=cwd,
        env=environment,
        capture_output=True,
        timeout=seconds,
        check=False,
        **options,
    )


def firsthand_json(*words: str, cwd: Path) -> Any:
    """The JSON that a reading command writes; fails the test when it failed."""
    done = firsthand(*words, "--json", cwd=cwd)
    assert done.returncode in (0, 5), done.stderr.decode()
    return json.loads(done.stdout)


def give_up_reading_everything() -> None:
    """For `preexec_fn`: takes from the superuser, in the child only, the right to read what its mode forbids."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        for capability in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
            if libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
                raise OSError(ctypes.get_errno(), "cannot drop a capability")
