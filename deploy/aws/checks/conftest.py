import pytest

from support.stack import Stack, read_template


@pytest.fixture(scope="session")
def stack():
    return Stack(read_template())
