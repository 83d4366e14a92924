"""Programs of others that some tests run; they come with the development lock."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path


def found(name: str) -> str | None:
    """On the PATH, or where this Python's own packages put their commands."""
    own = str(Path(sys.executable).parent)
    return shutil.which(name, path=os.pathsep.join((own, os.environ.get("PATH", os.defpath))))
