"""How well articles become drafts, per language: found, invented, right and wrong fields, statements.

``python -m benchmarks.bench_drafting [-v] [FOLDER …]``: of folders of articles with an ``expected.json``, or of files
of short texts (``.jsonl``), by default those of the tests.
"""

from __future__ import annotations

import re
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from drafting_score import FIELDS, SETS, Score, score_articles, score_short  # noqa: E402

from geo.builtin.dataset import read_frontier  # noqa: E402
from geo.intake import read_gazetteer  # noqa: E402

LANGUAGES = ("ru", "kk", "en")


def main() -> None:
    """Print the figures, and with ``-v`` every fault."""
    folders = [Path(one) for one in sys.argv[1:] if one != "-v"]
    gazetteer = read_gazetteer(read_frontier())
    tests = ROOT / "tests" / "drafting"
    for path in folders or [*(tests / folder for folder in SETS), *sorted((tests / "short").glob("*.jsonl"))]:
        if path.suffix == ".jsonl":
            counts, faults = score_short(path, gazetteer)
            told = "  ".join(f"{what} {count}" for what, count in counts.most_common())
            print(f"{path.parent.name}/{path.name}: {counts.total()} short texts  {told}")
            if "-v" in sys.argv:
                print("\n".join(faults))
            continue
        start = time.process_time()
        scores = score_articles(path, gazetteer)
        taken = time.process_time() - start
        totals: dict[str, Score] = {lang: Score() for lang in (*LANGUAGES, "all")}
        for name, score in scores.items():
            found = re.search(r"(?:^|-)(ru|kk|en)-", name)
            for lang in (found[1] if found else "en", "all"):
                totals[lang].add(score)
        print(f"{path.name}: {len(scores)} articles, {taken / len(scores):.2f} CPU s each")
        for lang, score in totals.items():
            _show(lang, score)
        if "-v" in sys.argv:
            print("\n".join(totals["all"].faults))


def _show(lang: str, score: Score) -> None:
    fields = "  ".join(f"{name} {score.right[name]}/{score.stated[name]}−{score.wrong[name]}" for name in FIELDS)
    print(
        f"{lang:>4}  found {score.matched}/{score.expected}  invented {score.proposed - score.matched}/{score.proposed}"
        f"  {fields}  wrong {score.wrong_share:.1%}"
        f"  statements {score.statements_right}/{score.statements_expected} of {score.statements_proposed} proposed"
    )


if __name__ == "__main__":
    main()
