"""Ids that the tests make."""

import secrets
import time
import uuid


def uuid7() -> str:
    """A UUID version 7 (RFC 9562 section 5.7)."""
    value = (time.time_ns() // 1_000_000) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 7 << 76
    value = value & ~(0x3 << 62) | 2 << 62
    return str(uuid.UUID(int=value))
