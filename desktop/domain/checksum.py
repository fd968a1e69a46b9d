"""SHA-256 by the interpreter's own code: what `hashlib` brings along takes 3.5 MB of memory for nothing here.

The sums are the same. It takes twice as long for large texts, of which the desk hashes few.
"""

import sys

# The module has had two names; where an interpreter has neither, the large library serves.
try:
    from _sha2 import sha256 as _sha256  # type: ignore[import-not-found]  # Python 3.12 and later
except ImportError:
    try:
        from _sha256 import sha256 as _sha256  # type: ignore[import-not-found]  # Python 3.11
    except ImportError:
        from hashlib import sha256 as _sha256


def sha256_hex(data: bytes) -> str:
    """The SHA-256 of these bytes, as 64 hexadecimal digits; by `hashlib` where that is loaded anyway."""
    large = sys.modules.get("hashlib")
    sha256 = _sha256 if large is None else large.sha256
    digits: str = sha256(data).hexdigest()
    return digits
