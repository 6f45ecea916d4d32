"""pack.py ZIP FILE…: packs the files, without their folders. The same content makes the same bytes, so that
nothing is uploaded twice; tools that keep times of access and change cannot do that."""

import os
import sys
import zipfile
from pathlib import Path

THE_TIME = (2026, 1, 1, 0, 0, 0)


def pack(target: Path, files: list[Path]) -> None:
    part = target.with_suffix(".part")
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        for file in files:
            entry = zipfile.ZipInfo(file.name, THE_TIME)
            entry.create_system = 3  # Unix, which the next line is for
            entry.external_attr = (0o755 if os.access(file, os.X_OK) else 0o644) << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, file.read_bytes(), compresslevel=9)
    part.replace(target)


if __name__ == "__main__":
    pack(Path(sys.argv[1]), [Path(name) for name in sys.argv[2:]])
