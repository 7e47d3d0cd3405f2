"""Writes crates/majlis-server/data/outlines.tsv: outlines of countries for the map, from Natural Earth (public domain) at 1:110 million.

    npm pack world-atlas@2 && tar xzf world-atlas-2.*.tgz
    python3 tools/import_outlines.py package/countries-110m.json > crates/majlis-server/data/outlines.tsv

The package world-atlas carries Natural Earth's outlines as TopoJSON. Borders that two countries share come once.
"""

import json
import sys

topology = json.load(open(sys.argv[1]))
(kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]

arcs = []
for arc in topology["arcs"]:
    x = y = 0
    points = []
    for step in arc:
        x, y = x + step[0], y + step[1]
        point = f"{x * kx + dx:.2f},{y * ky + dy:.2f}"
        if not points or points[-1] != point:
            points.append(point)
    arcs.append(points)

# How many countries have an arc: one is a coast, two a border.
used = [0] * len(arcs)


def count(of):
    for one in of:
        if isinstance(one, list):
            count(one)
        else:
            used[one if one >= 0 else ~one] += 1


for country in topology["objects"]["countries"]["geometries"]:
    count(country["arcs"])

print("# Outlines of countries. Source: Natural Earth, 1:110 million, by the npm package world-atlas 2 (tools/import_outlines.py).")
print("# Licence: public domain. Borders are as Natural Earth draws them and take no side in any dispute.")
print("# kind: coast or border; line: longitude,latitude in degrees (WGS 84), points between blanks.")
print("kind\tline")
for points, n in zip(arcs, used):
    if n and len(points) > 1:
        print("border" if n > 1 else "coast", " ".join(points), sep="\t")
