"""How long it takes to finish and export many issues: the tests' own, over and over.

python -m benchmarks.letters --issues 400
"""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from benchmarks.corpus import TEXTS
from rubric.bridge.dry_run import read_site
from rubric.newsletter.issue_mail import NoCache, export_mails
from rubric.newsletter.passes import mail_builder

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--issues", type=int, default=400)
    count = parser.parse_args().issues
    writer = mail_builder(read_site(TEXTS, ROOT / "pelicanconf.py"))
    rounds = -(-count // len(writer.issues))
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        for number in range(rounds):
            export_mails(writer.exports(NoCache()), Path(folder, str(number)))
        seconds = time.perf_counter() - began
    print(f"{rounds * len(writer.issues)} issues in every format: {seconds:.1f} s")


if __name__ == "__main__":
    main()
