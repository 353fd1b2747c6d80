"""Passwords, tokens, and what every answer of the desk carries so that nothing in a report can act.

Passwords are hashed by argon2id with the parameters of RFC 9106 (second recommended option, argon2-cffi's default); tokens have 256 random
bits and are kept as SHA-256 alone. The content security policy allows this server's own scripts, styles and pictures, and nothing else.
"""

from __future__ import annotations

import hmac
import secrets
from datetime import timedelta
from functools import cache
from hashlib import sha256
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from hedui.errors import UsageError

__all__ = ["COOKIE", "HEADERS", "INVITED", "LASTS", "MOST_FAILURES", "WITHIN", "digest_of", "hashed", "same", "token", "verified"]

COOKIE = "hedui"
LASTS, INVITED = timedelta(hours=12), timedelta(days=3)
# sign-ins that may fail for one name or one address before it must wait
MOST_FAILURES, WITHIN = 8, timedelta(minutes=10)
SHORTEST, LONGEST = 10, 200
# a hash takes 64 MiB while it is worked out
AT_ONCE = BoundedSemaphore(2)
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                               "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin", "X-Frame-Options": "DENY", "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
}


@cache
def hasher() -> PasswordHasher:
    return PasswordHasher()


def hashed(password: str) -> str:
    """The hash to keep of a password. UsageError where it is too short to protect anything."""
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(f"密码要 {SHORTEST} 到 {LONGEST} 个字符 · a password has {SHORTEST} to {LONGEST} characters")
    with AT_ONCE:
        return hasher().hash(password)


@cache
def nobody() -> str:
    return hasher().hash(secrets.token_hex())


def verified(secret: str | None, password: str) -> bool:
    """Whether `password` is the one that `secret` was made of. For an account that is not there (None) it takes as long and is not."""
    try:
        with AT_ONCE:
            return hasher().verify(secret or nobody(), password[:LONGEST]) and secret is not None
    except (VerificationError, InvalidHashError):
        return False


def token() -> str:
    return secrets.token_urlsafe(32)


def digest_of(told: str) -> str:
    """What is kept of a token."""
    return sha256(told.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Whether two tokens are equal, in a time that does not tell where they differ."""
    return hmac.compare_digest(one.encode(), other.encode())
