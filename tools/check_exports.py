"""Holds the exports of a case against the readers of their forms.

    python3 tools/check_exports.py MAJLIS      MAJLIS is the program; needs followthemoney, geojson and pyarrow

Makes a case of the shipped example in a temporary folder, exports it in every form, plain and redacted, and reads each back with the
format's own package. Prints a line a form; fails with the first that is not valid.
"""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

import geojson
import pyarrow.parquet
from followthemoney import model

EXAMPLE = pathlib.Path(__file__).resolve().parents[1] / "examples" / "iraq-2021"


def ftm(path):
    rows = [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]
    ids = {row["id"] for row in rows}
    for row in rows:
        proxy = model.get_proxy(row)
        proxy.schema.validate(row)
        for prop, value in proxy.itervalues():
            assert value in proxy.get(prop), (row["id"], prop.name, value)
            assert prop.type.name != "entity" or value in ids, f"{row['id']}: {prop.name} leads to {value}, which is not there"
        for name, values in row["properties"].items():
            kept = proxy.get(name)
            assert len(kept) == len(set(values)), f"{row['id']}: {name} {values} is read as {kept}"
    return len(rows)


def geo(path):
    found = geojson.loads(path.read_text(encoding="utf8"))
    assert found.is_valid, found.errors()
    return len(found["features"])


def parquet(path):
    table = pyarrow.parquet.read_table(path)
    assert not any("uint" in str(field.type) for field in table.schema), table.schema
    return table.num_rows


def table(delimiter):
    def read(path):
        with path.open(encoding="utf8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter=delimiter))
        assert all(None not in row and None not in row.values() for row in rows), "rows of other lengths"
        return len(rows)
    return read


def lines(path):
    return len([json.loads(line) for line in path.read_text(encoding="utf8").splitlines()])


def annotations(path):
    page = json.loads(path.read_text(encoding="utf8"))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld" and page["type"] == "AnnotationPage"
    for item in page["items"]:
        quote, position = item["target"]["selector"]
        assert item["type"] == "Annotation" and quote["exact"] and position["start"] < position["end"], item
    return len(page["items"])


FORMS = {"plover": lines, "polecat": table("\t"), "acled": table(","), "ucdp": table(","), "ftm": ftm, "geojson": geo, "annotation": annotations, "parquet": parquet}


def main():
    majlis = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        subprocess.run([majlis, "add", folder / "a.case", EXAMPLE], check=True, stdout=subprocess.DEVNULL)
        for form, check in FORMS.items():
            for redact in ([], ["--redact"]):
                out = folder / f"{form}{len(redact)}"
                subprocess.run([majlis, "export", folder / "a.case", form, "--out", out, *redact], check=True, stdout=subprocess.DEVNULL)
                print(f"{form:<12}{'redacted' if redact else 'plain':<10}{check(out):>6} rows, valid")


main()
