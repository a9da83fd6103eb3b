"""Write annotations/schema/*.json from the models; with --check only say whether they are up to date."""

from __future__ import annotations

import sys
from pathlib import Path

from policytext.corpus.files import write_bytes
from policytext.corpus.schema import schema_files

FOLDER = Path(__file__).parents[1] / "annotations" / "schema"


def main() -> int:
    stale = [
        (FOLDER / name, content)
        for name, content in schema_files().items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text("utf-8") != content
    ]
    for path, content in stale:
        if "--check" in sys.argv:
            print(f"{path}: not what the models say; run scripts/build_schema.py")
        else:
            write_bytes(path, content.encode())
    return 1 if stale and "--check" in sys.argv else 0


if __name__ == "__main__":
    sys.exit(main())
