"""The keys of a local installation, made as deploy/aws/lib/keys.sh makes them and kept in a file."""

import base64
import json
import os
import secrets
import subprocess
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Keys:
    password: str
    code: str
    token_id: str
    token_private: str
    token_public: str

    @property
    def public_list(self) -> str:
        return f"{self.token_id}:{self.token_public}"


def make_keys() -> Keys:
    private = _openssl(["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"])
    public = _openssl(["pkey", "-pubout", "-outform", "DER"], private)
    return Keys(
        password=f"p1:{base64.b64encode(secrets.token_bytes(32)).decode()}\n",
        code=f"c1:{base64.b64encode(secrets.token_bytes(32)).decode()}\n",
        token_id="local",
        token_private=private.decode(),
        token_public=base64.b64encode(public).decode(),
    )


def keys_in(file: Path) -> Keys:
    """Those in the file, which is made when it is missing: the database is tied to them."""
    if file.exists():
        return Keys(**json.loads(file.read_text()))
    keys = make_keys()
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        json.dump(asdict(keys), out)
    return keys


def _openssl(arguments: list[str], text: bytes = b"") -> bytes:
    return subprocess.run(["openssl", *arguments], input=text, check=True, capture_output=True).stdout
