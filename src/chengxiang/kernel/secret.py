"""The installation's secret key: made once, kept in its home folder, readable by its owner only."""

import os
import secrets
from pathlib import Path


def secret_key(home: Path) -> str:
    """The key from `CHENGXIANG_SECRET_KEY`, else the one kept in `home/secret_key` (made if new)."""
    if key := os.environ.get("CHENGXIANG_SECRET_KEY"):
        return key
    path = home / "secret_key"
    try:
        return path.read_text()
    except FileNotFoundError:
        home.mkdir(parents=True, exist_ok=True)
        key = secrets.token_urlsafe(50)
        # Exclusive: of two processes starting at once, the second reads what the first made.
        try:
            with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(key)
        except FileExistsError:
            return path.read_text()
        return key
