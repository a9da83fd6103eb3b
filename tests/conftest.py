"""What all tests share: hypothesis without a clock, the pipeline once, the folder of real texts where it exists."""

from pathlib import Path

import pytest
from hypothesis import settings

# The first call of a test loads dictionaries; on a busy machine any call may be slow.
settings.register_profile("policytext", deadline=None)
settings.load_profile("policytext")

REALTEXT = Path(__file__).parents[1] / ".." / "shared" / "realtext"


@pytest.fixture(scope="session")
def nlp():
    from policytext import load

    return load()


@pytest.fixture
def realtext():
    if not REALTEXT.is_dir():
        pytest.skip("the folder of real texts is not beside the checkout")
    return REALTEXT
