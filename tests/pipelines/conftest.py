"""Prefect's own server, started once for all tests of flows."""

import pytest

from hedui.pipelines.engine import set_up


@pytest.fixture(scope="session")
def engine():
    set_up()
    from prefect.testing.utilities import prefect_test_harness

    with prefect_test_harness(server_startup_timeout=120):
        yield
