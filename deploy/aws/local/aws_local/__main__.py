"""serve: the AWS stack of template.yaml on this machine, in place of `tms serve`.

It takes the same settings where they mean something here: TMS_LISTEN, TMS_PUBLIC_URL, TMS_DATA_DIR and
every TMS_ variable that a function reads (docs/operations.md). Mails are files in <data dir>/mail.
TMS_AWS_LOCAL_ENVIRONMENTS says how many calls a function takes at a time: 1.
"""

import json
import os
import signal
import sys
from pathlib import Path

from aws_local.stack import Stack
from aws_local.template import ROOT

# Of this program and of the server, not of functions.
OWN = {
    "TMS_LISTEN", "TMS_DATA_DIR", "TMS_SECRET", "TMS_SECRET_FILE", "TMS_DATABASE_URL", "TMS_MAIL_URL", "TMS_ROOT",
    "TMS_BOOTSTRAP", "TMS_AWS_LOCAL_ENVIRONMENTS",
}  # fmt: skip


def main() -> int:
    if len(sys.argv) > 1 and sys.argv[1] != "serve":
        print(__doc__, file=sys.stderr)
        return 2
    # Threads inherit the mask; the one that waits for signals is this.
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    host, port = os.environ.get("TMS_LISTEN", "127.0.0.1:8080").rsplit(":", 1)
    data = Path(os.environ.get("TMS_DATA_DIR", ROOT / "data/aws-local")).resolve()
    settings = {name: value for name, value in os.environ.items() if name.startswith("TMS_") and name not in OWN}
    settings.setdefault("TMS_PUBLIC_URL", f"http://localhost:{port}")
    bootstrap = Path(os.environ.get("TMS_BOOTSTRAP", ROOT / "build/lambda/bootstrap"))

    environments = int(os.environ.get("TMS_AWS_LOCAL_ENVIRONMENTS", "1"))
    stack = Stack((host, int(port)), data, settings, sys.stderr.fileno(), bootstrap, environments)
    try:
        answer = json.loads(stack.migrate())
        if "errorType" in answer:
            print(f"migrate failed: {answer}", file=sys.stderr)
            return 1
        stack.gateway.open()
        print(f"Task Management System, as on AWS: {settings['TMS_PUBLIC_URL']}  (mails: {data / 'mail'})", flush=True)
        signal.sigwait({signal.SIGINT, signal.SIGTERM})
        stack.gateway.shutdown()
    finally:
        stack.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
