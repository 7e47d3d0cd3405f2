#!/usr/bin/env python3
"""Prints the table of row counts of lexicon/README.md.

    python3 tools/count_lexicon.py            prints it
    python3 tools/count_lexicon.py --write    puts it into the README, between its two marks
    python3 tools/count_lexicon.py --check    fails when the README's table is out of date
"""
import os
import pathlib
import re
import sys

LEXICON = pathlib.Path(__file__).resolve().parents[1] / "lexicon"
README = LEXICON / "README.md"
BEGIN, END = "<!-- counts: python3 tools/count_lexicon.py --write -->\n", "<!-- end of counts -->\n"
# The columns whose values are forms, separated by |: every value is a name or spelling that the matcher knows.
FORMS = {"ar", "aliases", "forms", "form", "capital", "capital_aliases", "nisba_m", "nisba_f", "nisba_pl", "perfect", "imperfect", "participles", "masdars"}


def count(path):
    """Rows, forms, and forms marked ~."""
    lines = [l for l in path.read_text(encoding="utf-8").split("\n") if l.strip() and not l.startswith("#")]
    header = lines[0].split("\t")
    forms = [v for l in lines[1:] for name, cell in zip(header, l.split("\t")) if name in FORMS for v in cell.split("|") if v.strip()]
    return len(lines) - 1, len(forms), sum(v.startswith("~") for v in forms)


def table():
    files = sorted(LEXICON.glob("*.tsv")) + sorted((LEXICON / "actors").glob("*.tsv"))
    out, actors = ["| file | rows | forms | marked `~` |", "|---|---:|---:|---:|"], [0, 0, 0]
    for path in files:
        counts = count(path)
        if path.parent.name == "actors":
            actors = [a + b for a, b in zip(actors, counts)]
        out.append(f"| `{path.relative_to(LEXICON)}` | {counts[0]:,} | {counts[1]:,} | {counts[2]:,} |")
    out.append(f"| all of `actors/` | {actors[0]:,} | {actors[1]:,} | {actors[2]:,} |")
    return "\n".join(out) + "\n"


def main():
    if "--write" not in sys.argv and "--check" not in sys.argv:
        print(table(), end="")
        return
    old = README.read_text(encoding="utf-8")
    new = re.sub(re.escape(BEGIN) + ".*?" + re.escape(END), lambda _: BEGIN + table() + END, old, flags=re.S)
    if "--check" in sys.argv:
        sys.exit("lexicon/README.md: its table of counts is out of date" if new != old else 0)
    fresh = README.with_name(".README.tmp")
    fresh.write_text(new, encoding="utf-8")
    os.replace(fresh, README)


if __name__ == "__main__":
    main()
