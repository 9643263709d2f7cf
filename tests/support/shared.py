"""Where the verbatim source text lies; it is no part of this repository."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("GYOMU_SHARED", ROOT.parent / "shared"))
SEED = SHARED / "seed" / "000_d6eaad57c6b8fcd4.txt"

needs_seed = pytest.mark.skipif(
    not SEED.is_file(), reason=f"the published text is not here ({SEED}); set GYOMU_SHARED"
)
