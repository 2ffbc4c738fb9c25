"""The key of a stage, wrapped for the server: made here at announcement, unwrapped here at opening, and nowhere else."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from tenders import sealing
from tenders.models import StageKey


def _context(stage_id: UUID) -> bytes:
    return b"nyvei stage key\x00" + stage_id.bytes


def new_stage_key(stage_id: UUID, *, at: datetime) -> StageKey:
    """A fresh key for the stage, not saved yet. Made before any lock is taken."""
    pair = sealing.make_stage_key()
    wrapped = sealing.wrap_for_server(pair.private, server_key=settings.SERVER_SEALING_KEY, context=_context(stage_id))
    return StageKey(
        stage_id=stage_id,
        key_id=sealing.key_id(pair.public).hex(),
        public=pair.public,
        wrapping=StageKey.Wrapping.SERVER,
        wrapped_private=wrapped,
        made_at=at,
    )


def private_key_of(key: StageKey) -> bytes:
    """The private half, 32 bytes. Raises `SealBroken` when it was destroyed or wrapped with another server key."""
    wrapped = bytes(key.wrapped_private)
    return sealing.unwrap_for_server(wrapped, server_key=settings.SERVER_SEALING_KEY, context=_context(key.stage_id))
