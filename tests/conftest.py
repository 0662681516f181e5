"""What several parts of the suite share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

import bilderatlas as ba

# A busy machine is slow now and then; that is no failure of what is tested.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

HOUSES = Path(__file__).parents[2] / "shared" / "data" / "houses"


@pytest.fixture(scope="session")
def houses() -> Path:
    """Return the folder of 2,140 property photographs, which may not be shipped."""
    if not HOUSES.is_dir():
        pytest.skip(f"the property photographs are not at {HOUSES}")
    return HOUSES


@pytest.fixture(scope="session")
def houses_atlas(houses: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the photographs' atlas, built once for all tests and only read by them.

    ``BILDERATLAS_HOUSES`` may name one that is there already.
    """
    if ready := os.environ.get("BILDERATLAS_HOUSES"):
        return Path(ready)
    folder = tmp_path_factory.mktemp("houses") / "houses.atlas"
    ba.build(houses, folder)
    return folder
