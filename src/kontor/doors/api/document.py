"""`python -m kontor.doors.api.document`: prints the OpenAPI document, from which the browser's client is generated."""

from __future__ import annotations

import json
import sys

from kontor.doors.api import document

if __name__ == "__main__":
    sys.stdout.write(json.dumps(document(), indent=1, sort_keys=True) + "\n")
