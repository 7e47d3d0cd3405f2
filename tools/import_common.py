"""Makes lexicon/common.tsv: words of news Arabic that are seldom names, counted in labelled text of ../shared/resources.

    python3 tools/import_common.py
"""
import collections
import gzip
import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parents[1]
RESOURCES = ROOT / ".." / "shared" / "resources"
FOLD = str.maketrans("أإآٱىةؤئ", "ااااي" + "ه" + "ءء")
PERSONS = ("PER", "Politician", "Artist", "Athlete", "Businessperson", "Engineer", "Lawyer", "Police_Per", "Scientist", "Scholar")
HEADER = """# Words of news Arabic that are seldom names: folded spelling, with how often each stood outside any name.
# Counted in NewsFANE Gold and ANERcorp (CC BY-SA), UD Arabic-PUD (CC BY-SA 3.0) and the Wojood sample (MIT). This list: CC BY-SA 4.0.
form\tcount
"""

outside, person, other = collections.Counter(), collections.Counter(), collections.Counter()


def count(word, tag):
    word = re.sub("[\u064b-\u065f\u0670\u0640]", "", word).translate(FOLD)
    if not re.fullmatch("[\u0621-\u064a]{2,}", word):
        return
    if tag == "O":
        outside[word] += 1
    elif any(p in tag for p in PERSONS):
        person[word] += 1
    else:
        other[word] += 1


def lines(name):
    with gzip.open(RESOURCES / name, "rt", encoding="utf8") as file:
        yield from file


def attached(word, seen, total):
    """Whether the word is a commoner one with particles before it."""
    for k in (1, 2):
        rest = word[k:]
        if len(rest) >= 3 and all(c in "وفبلكس" for c in word[:k]):
            if total[rest] >= seen or (rest.startswith("ل") and total["ا" + rest] >= seen):
                return True
    return False


def main():
    for name in ("newsfane_train.tsv.gz", "anercorp_train.tsv.gz"):
        for line in lines(name):
            cells = line.rstrip("\n").split("\t")
            if len(cells) == 2:
                count(*cells)
    kept = {"NOUN", "VERB", "ADJ", "ADV", "ADP", "CCONJ", "SCONJ", "PRON", "DET", "PART", "AUX", "NUM"}
    for line in lines("ud_arabic_pud.conllu.gz"):
        cells = line.split("\t")
        if len(cells) > 9 and cells[3] in kept:
            count(cells[1], "O")
    for part in ("train", "val", "test"):
        for line in lines(f"wojood_sample_{part}.txt.gz"):
            cells = line.split()
            if len(cells) >= 2:
                count(cells[0], "O" if cells[1] == "O" else "PER" if "PERS" in cells[1] else "other")
    total = outside + person + other
    rows = [(w, c) for w, c in outside.items() if c >= 2 and person[w] <= 0.12 * c and other[w] <= 3 * c and not attached(w, c, total)]
    rows.sort(key=lambda row: (-row[1], row[0]))
    (ROOT / "lexicon" / "common.tsv").write_text(HEADER + "".join(f"{w}\t{c}\n" for w, c in rows), encoding="utf8")


main()
