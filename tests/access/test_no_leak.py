"""What is sealed stays sealed: a sign written into a sketch is found nowhere before the opening, and nothing counts."""

import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.db import connection, transaction
from django.test import Client

from accounts import clock, journal
from accounts.models import AccessEvent, JournalEntry, User
from config.management.commands.sweep import every_job
from tests.access.addresses import all_addresses, path_of
from tests.access.asking import Crowd, in_state
from tests.conftest import NOON
from tests.world import PERSONAS, STAFF, Sketch, World, build_world

pytestmark = pytest.mark.django_db
