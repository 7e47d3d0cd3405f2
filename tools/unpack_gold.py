"""Unpacks gold/NAME.jsonl into a folder in the benchmark's form, with the words taken from the corpus in ../shared.

    python3 tools/unpack_gold.py NAME OUT_FOLDER
"""
import gzip
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
CORPUS = ROOT / ".." / "shared" / "corpus" / "arabic-news-2015.jsonl.gz"


def article(record):
    lines = [line.strip() for line in record["text"].split("\n")]
    return "\n".join([record["title"].strip(), *(line for line in lines if line)])


def main():
    out = pathlib.Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    with gzip.open(CORPUS, "rt", encoding="utf8") as corpus:
        texts = {r["id"]: article(r) for r in map(json.loads, corpus)}
    for line in (ROOT / "gold" / f"{sys.argv[1]}.jsonl").read_text(encoding="utf8").splitlines():
        gold = json.loads(line)
        text = texts[gold["id"]]

        def place(at, key="text"):
            start, end = at
            para = text.count("\n", 0, start)
            begin = text.rfind("\n", 0, start) + 1
            words, row = text[start:end], text[begin:].split("\n", 1)[0]
            nth, found = 0, row.find(words)
            while found >= 0 and begin + found < start:
                nth, found = nth + 1, row.find(words, found + 1)
            return {"para": para, key: words, "nth": nth}

        unpacked = {
            "id": gold["id"], "language": "ar", "published": gold["published"], "outlet": gold["outlet"], "text_file": gold["id"] + ".txt",
            "skip_lines": gold["skip_lines"],
            "actors": [{"id": a["id"], "name": a["id"], "kind": a["kind"], "mentions": [place(m) for m in a["mentions"]]} for a in gold["actors"]],
            "statements": [{**place(s["at"], "content"), "kind": s["kind"], "speaker": s["speaker"], "named": s["named"], "told_to": None,
                            "speaker_text": text[slice(*s["speaker_at"])]} for s in gold["statements"]],
            "events": [{**place(e["at"], "trigger"), **{k: e[k] for k in ("type", "source", "target", "when", "status")}} for e in gold["events"]],
            "times": [{**place(t["at"]), "value": t["value"]} for t in gold["times"]],
            "places": [{**place(p["at"]), "name": p["name"], "country": p["country"]} for p in gold["places"]],
            "stances": [],
        }
        (out / (gold["id"] + ".json")).write_text(json.dumps(unpacked, ensure_ascii=False), encoding="utf8")
        (out / (gold["id"] + ".txt")).write_text(text, encoding="utf8")


main()
