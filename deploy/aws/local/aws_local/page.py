"""The page, as CloudFront would send it from the bucket."""

import mimetypes
from pathlib import Path

from aws_local.events import Call, Reply

# Best first; the build leaves them beside each text file.
ENCODINGS = {"br": ".br", "gzip": ".gz"}


class Page:
    def __init__(self, folder: Path, headers: dict[str, str]):
        self.folder = folder.resolve()
        self.headers = list(headers.items())

    def answer(self, call: Call) -> Reply:
        file = self._file(call.path)
        if file is None:
            return Reply(404, [*self.headers, ("Content-Type", "text/plain")], b"There is nothing at this address.\n")
        kind, _ = mimetypes.guess_type(file.name)
        lasting = file.parent.name == "assets"
        headers = [
            *self.headers,
            ("Content-Type", _with_charset(kind or "application/octet-stream")),
            ("Cache-Control", "public, max-age=31536000, immutable" if lasting else "no-cache"),
            ("Vary", "Accept-Encoding"),
        ]
        accepted = call.header("accept-encoding") or ""
        for name, suffix in ENCODINGS.items():
            smaller = file.with_name(file.name + suffix)
            if name in accepted and smaller.exists():
                return Reply(200, [*headers, ("Content-Encoding", name)], smaller.read_bytes())
        return Reply(200, headers, file.read_bytes())

    def _file(self, path: str) -> Path | None:
        """A route of the page is index.html, as the function PageRoutes has it."""
        if "." not in path.rsplit("/", 1)[-1]:
            path = "/index.html"
        file = (self.folder / path.lstrip("/")).resolve()
        return file if file.is_file() and file.is_relative_to(self.folder) else None


def _with_charset(kind: str) -> str:
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
