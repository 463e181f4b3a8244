"""All places of the shipped list, loaded once for the tests of a file."""

import pytest
from django.db import connection, transaction

from chengxiang.kernel.places.commands import load_places


@pytest.fixture(scope="module")
def every_place(django_db_setup, django_db_blocker):
    """The 18,248 places; every test of the file begins with them and leaves them as they were."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_places()
        with connection.cursor() as cursor:
            # The planner shall know the table as it does in service.
            cursor.execute("ANALYZE places_place")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def places(every_place, db):
    """The loaded list, for one test."""
