"""Packs annotated articles of the corpus into gold/NAME.jsonl: labels and offsets only, never a word of the articles.

    python3 tools/pack_gold.py NAME FOLDER…     FOLDER holds ID.json and ID.txt in the benchmark's form

Offsets count code points of the article's text: its title, then its lines, blank ones left out, each stripped.
"""
import json
import pathlib
import sys

SHARED = pathlib.Path(__file__).resolve().parents[1] / ".." / "shared"
sys.path.insert(0, str(SHARED / "benchmark" / "reading"))
import score  # noqa: E402

GOLD = pathlib.Path(__file__).resolve().parents[1] / "gold"


def span(item):
    return [item["start"], item["end"]]


def main():
    records = []
    for folder in map(pathlib.Path, sys.argv[2:]):
        for path in sorted(folder.glob("*.json")):
            gold = score.load(path)
            records.append({
                "id": gold["id"], "published": gold["published"], "outlet": gold["outlet"], "skip_lines": gold["skip_lines"],
                "actors": [{"id": a["id"], "kind": a["kind"], "mentions": [span(m) for m in a["mentions"]]} for a in gold["actors"]],
                "statements": [{"kind": s["kind"], "at": span(s), "speaker": s["speaker"], "speaker_at": [s["speaker_start"], s["speaker_end"]], "named": s["named"]}
                               for s in gold["statements"]],
                "events": [{"type": e["type"], "at": span(e), "source": e["source"], "target": e["target"], "when": e.get("when"), "status": e["status"]}
                           for e in gold["events"]],
                "times": [{"at": span(t), "value": t["value"]} for t in gold["times"]],
                "places": [{"at": span(p), "name": p["name"], "country": p["country"]} for p in gold["places"]],
            })
    records.sort(key=lambda r: r["id"])
    (GOLD / f"{sys.argv[1]}.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False, separators=(",", ":")) + "\n" for r in records), encoding="utf8")


main()
