from tests.integration.people.conftest import _quick, offices, people  # noqa: F401 (fixtures)
