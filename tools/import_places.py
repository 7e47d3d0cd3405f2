#!/usr/bin/env python3
"""Writes lexicon/places.tsv: curated places, then cities_mena_ar, then Who's On First.

    python3 tools/import_places.py

Reads lexicon/places_curated.tsv, ../shared/resources, and words.tsv, common.tsv, names.tsv, states.tsv of the lexicon to mark the
names that are ordinary words or persons' names. The same input gives the same file. Run import_names.py before it.
"""
import collections
import csv
import difflib
import gzip
import os
import pathlib
import re
import unicodedata

ROOT = pathlib.Path(__file__).resolve().parents[1]
LEXICON = ROOT / "lexicon"
RESOURCES = ROOT.parent / "shared" / "resources"
HEADER = "ar aliases type country lat lon en source".split()
FOLD = str.maketrans("أإآٱىیېةھہەۀۃؤئکڪگچپڤژۆۇڕڵ", "اااايييههههههءءككغجبفجوورل")
LETTERS = re.compile(r"[\u0621-\u064a\u0671-\u06d3 -]+")
# A word before the name that says what it is: it is taken off, and gives the type.
PREFIXES = [("محافظة", "governorate"), ("مقاطعة", "district"), ("ولاية", "governorate"), ("قضاء", "district"), ("مديرية", "district"), ("منطقة", "district"), ("ناحية", "district"), ("مركز", "district"), ("دائرة", "district"), ("معتمدية", "district"), ("بلدية", "town"), ("إقليم", "district"), ("مدينة", "city"), ("بلدة", "town"), ("قرية", "village"), ("عزلة", "village"), ("مُحافظة", "governorate")]
# Names that news Arabic also uses as ordinary words, persons' or families' names, tribes or groups: counted by hand over a corpus of news.
MARKED = {n.replace("_", " ") for n in """
القري قري الدار دار
سروج افيه الزور اباد ارزين ثروه الصدر ريغان بوكا السلفيه محلات رفاهيه فريدريك جاوا المنشاه الجد قطريه المعادي
مديات يونس سجنان السخنه ابار بورما الوفره ناتي حزما تافت السومريه الخمسيه الخانق نقده تفوح بعدان النوبه القفر
العوجا الجماليه الجابريه اسكان نفطه مجزر ساقين رينان تورا تشينار بيرين بولدان الواسطه المطمه المخادر العزيزيه
التخت يافعه نجان نامين منظريه مسيله مسوره كيار كولا غازيه عبري سويس سواده راسك راساد داير خرجا خارف حسينيه
جاريا بيزا بستان البستان المعاين المسره المستنصريه المرشديه المذنب المامونيه الطلح الحميمه بلد السلام الوحده
النصر الثوره الجمهوريه الحريه الوطن الشهداء الاسلام المجد الفتح الكرامه الرساله القدس_القديمه التقدم الصمود
""".split()}
# Rows of the sources that are wrong or of no use.
DROPPED = {n.replace("_", " ") for n in """
جديدة رحابة الحوار مركز المركز الشمال الحرية المعارك العودة القصر قصر سنية سليمان_باشا سليمان فارياب نيمروز
""".split()}
BOX = {"IQ": (29, 37.5, 38.7, 48.8), "IR": (25, 39.9, 44, 63.4), "LB": (33, 34.8, 35, 36.7), "SY": (32.2, 37.4, 35.5, 42.5), "YE": (11.9, 19.1, 41.8, 54.7)}
LATIN = dict(zip("ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءؤئأإآپچژگڤ", ["a", "b", "t", "t", "j", "h", "k", "d", "d", "r", "z", "s", "s", "s", "d", "t", "z", "", "g", "f", "k", "k", "l", "m", "n", "h", "w", "y", "", "y", "", "w", "y", "a", "a", "a", "b", "c", "z", "g", "f"]))


def clean(text):
    return re.sub(r"\s+", " ", re.sub("[\u064b-\u0652\u0670\u0640\u200b-\u200f]", "", text)).strip()


def fold(text):
    return clean(text).translate(FOLD)


def bare(word):
    return word[2:] if word.startswith("ال") and len(word) > 4 else word


def skeleton_ar(text):
    out = "".join(LATIN.get(c, "") for c in " ".join(bare(w) for w in clean(text).split()))
    return re.sub(r"(.)\1", r"\1", re.sub("[aywh]", "", out))


def skeleton_en(text):
    text = unicodedata.normalize("NFKD", text.replace("ı", "i")).encode("ascii", "ignore").decode().lower()
    text = re.sub(r"^(al|ad|ar|as|at|az|an|ash|el|ed|er|es|et|ez|en|ech)[ -]+", "", re.sub("[^a-z ]", "", text.replace("-", " ")))
    text = re.sub(r" (al|ad|ar|as|at|az|an|ash|el|ed|er|es|et|ez|en|ech) ", " ", text)
    for a, b in (("sh", "s"), ("ch", "c"), ("kh", "k"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("ph", "f"), ("ou", "w"), ("q", "k"), ("v", "f"), ("p", "b"), ("x", "ks")):
        text = text.replace(a, b)
    return re.sub(r"(.)\1", r"\1", re.sub("[aeiouywh ]", "", text))


def alike(arabic, english):
    """Whether the Arabic could be the English name: machine translations (يشيد for Ha'il) are not."""
    a, e = skeleton_ar(arabic).replace("c", "s").replace("j", "g"), skeleton_en(english).replace("c", "s").replace("j", "g")
    if not a or not e:
        return len(a) + len(e) <= 1
    return difflib.SequenceMatcher(None, a, e, autojunk=False).ratio() >= (0.6 if min(len(a), len(e)) > 2 else 0.5)


def ascii_name(text):
    text = unicodedata.normalize("NFKD", text.replace("ı", "i").replace("‘", "'").replace("’", "'").replace("ʿ", "'")).encode("ascii", "ignore").decode()
    return re.sub(r"\s+", " ", text.replace("`", "'").replace("\t", " ")).strip()


def take_prefix(name):
    for word, kind in PREFIXES:
        if name.startswith(word + " ") and len(name) > len(word) + 3:
            return name[len(word) + 1:], kind
    return name, None


def rows(name):
    path = LEXICON / name
    if not path.exists():
        return []
    with open(path, encoding="utf-8") as file:
        return [l.rstrip("\n").split("\t") for l in file if not l.startswith("#") and l.strip()][1:]


class Words:
    """What is known of single words: ordinary, a person's name, a place."""

    def __init__(self):
        self.stop, self.name, self.given = set(), set(), set()
        for form, *_ in rows("words.tsv"):
            if " " not in form:
                self.stop.add(fold(form))
        for file in ("cues.tsv", "predicates.tsv"):
            for r in rows(file):
                for cell in r[:3]:
                    self.stop.update(fold(v) for v in cell.split("|") if v and " " not in v)
        for file in ("sources.tsv", "titles.tsv", "heads.tsv", "place_types.tsv"):
            for r in rows(file):
                self.stop.update(fold(v) for v in r[0].replace("~", "").split("|") if v and " " not in v)
        for ar, kind, _ in rows("names.tsv"):
            self.name.add(fold(ar.lstrip("~")))
        self.common = {fold(r[0]): int(r[1]) for r in rows("common.tsv")}
        self.plain, self.place, self.person = collections.Counter(), collections.Counter(), collections.Counter()
        for corpus in ("anercorp_train", "newsfane_train"):
            with gzip.open(RESOURCES / f"{corpus}.tsv.gz", "rt", encoding="utf-8") as file:
                for line in file:
                    token, _, tag = line.strip().partition("\t")
                    kind = tag.partition("-")[2]
                    if kind in ("LOC", "Nation", "Population-Center", "State-or-Province", "County-or-District"):
                        self.place[fold(token)] += 1
                    elif tag == "O":
                        self.plain[fold(token)] += 1
                    elif kind:
                        self.person[fold(token)] += 1

    def weak(self, name):
        """Whether a name may not count by itself."""
        words = fold(name).split()
        if len(words) == 1:
            w = words[0]
            b = bare(w)
            if w in MARKED or b in MARKED or len(w) <= 3:
                return True
            if self.place[w] > self.plain[w] + self.person[w]:
                return False
            if w in self.stop or b in self.stop or self.common.get(w, 0) or self.common.get(b, 0) or self.plain[w] or self.plain[b]:
                return True
            return w in self.name or b in self.name or self.person[w] > 0
        if fold(name) in MARKED:
            return True
        return all(w in self.name or bare(w) in self.name or w in self.stop or bare(w) in self.stop or self.common.get(w, 0) > 0 or self.common.get(bare(w), 0) > 0 or self.plain[w] > 0 for w in words)


def number(wikidata):
    return int(wikidata[1:]) if re.fullmatch(r"Q\d+", wikidata or "") else 10**12


def cities():
    with gzip.open(RESOURCES / "cities_mena_ar.tsv.gz", "rt", encoding="utf-8") as file:
        for r in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            name, kind = take_prefix(clean(r["arabic"] or ""))
            yield number(r["wikidata"]), name, [], kind or "city", r["country"], r["lat"], r["lon"], r["english"], "cities_mena"


def whosonfirst(country):
    kinds = {"region": "governorate", "county": "district", "locality": "village", "campus": "airport"}
    with gzip.open(RESOURCES / f"whosonfirst_{country}.tsv.gz", "rt", encoding="utf-8") as file:
        for line in file:
            _, level, wikidata, english, *arabic, lat, lon = line.rstrip("\n").split("\t")
            if level not in kinds:
                continue
            names = [clean(n) for n in "|".join(arabic).split("|")]
            names = [n for n in names if LETTERS.fullmatch(n) and re.search("[\u0621-\u064a]", n)]
            known = number(wikidata)
            # Hamlets without a Wikidata entry are too many and too alike; those of Lebanon, where the news names villages, stay.
            if not names or (level == "locality" and known == 10**12 and country != "lb"):
                continue
            name, kind = take_prefix(names[0])
            kind = kind or kinds[level]
            if level == "campus":
                kind = "base" if name.startswith("قاعدة") else "airport"
            yield {"region": 0, "campus": 1, "county": 2, "locality": 3}[level] * 10**13 + known, name, [take_prefix(n)[0] for n in names[1:]], kind, country.upper(), lat, lon, english, "whosonfirst"


def main():
    words = Words()
    taken, out = {}, []
    states = {fold(n.lstrip("~")) for r in rows("states.tsv") for cell in r[2:4] for n in cell.split("|") if n}
    with open(RESOURCES / "countries_ar.tsv", encoding="utf-8") as file:
        states |= {fold(r["arabic"]) for r in csv.DictReader(file, delimiter="\t")}
    for r in rows("places_curated.tsv"):
        r += [""] * (8 - len(r))
        for n in [r[0], *r[1].split("|")]:
            if n:
                taken.setdefault(fold(n.lstrip("~")), len(out))
        out.append(r)
    counts = collections.Counter(curated=len(out))
    sources = [sorted(cities(), key=lambda r: (r[0], r[1], r[5]))]
    sources += [sorted(whosonfirst(c), key=lambda r: (r[0], r[1], r[5])) for c in ("iq", "sy", "lb", "ye", "ir")]
    for source in sources:
        for _, name, others, kind, country, lat, lon, english, origin in source:
            key = fold(name)
            if not LETTERS.fullmatch(name) or len(key.replace(" ", "")) < 3 or key in DROPPED or name in DROPPED or key in states or bare(key) in states:
                counts["unusable"] += 1
                continue
            try:
                north, east = float(lat), float(lon)
            except ValueError:
                counts["unusable"] += 1
                continue
            box = BOX.get(country)
            if box and not (box[0] <= north <= box[1] and box[2] <= east <= box[3]):
                counts["outside its country"] += 1
                continue
            if not alike(name, english):
                counts["unlike its English name"] += 1
                continue
            if key.split()[0] in ("في", "من", "علي", "الي") or len(key.split()) > 4:
                counts["unusable"] += 1
                continue
            if key in taken:
                counts["name taken by a bigger place"] += 1
                continue
            if len(key.split()) == 2 and origin == "whosonfirst" and kind == "village" and all(w in words.name for w in key.split()):
                counts["a person's name"] += 1
                continue
            aliases = []
            for other in others:
                k = fold(other)
                if k != key and k not in taken and k not in states and len(k) > 3 and alike(other, english) and k not in map(fold, aliases):
                    aliases.append(other)
            # A village known only to Who's On First is unmarked only if its name is two words or more: too many are ordinary words.
            lone = origin == "whosonfirst" and kind in ("village", "district")
            spelled = [("~" if words.weak(n) or (lone and " " not in n and not words.place[fold(n)]) else "") + n for n in [name, *aliases]]
            for n in (key, *map(fold, aliases)):
                taken[n] = len(out)
            if kind == "city" and origin == "cities_mena":
                kind = "town"
            out.append([spelled[0], "|".join(spelled[1:]), kind, country, f"{north:.4f}", f"{east:.4f}", ascii_name(english), origin])
            counts[origin] += 1
    fresh = LEXICON / ".places.tsv.tmp"
    with open(fresh, "w", encoding="utf-8") as file:
        file.write(
            "# Places, biggest first where one name names several. Written by tools/import_places.py; edit places_curated.tsv instead. Sources, in this order:\n"
            "# curated: written for Majlis, coordinates checked with GeoNames (CC BY 4.0, geonames.org);\n"
            "# cities_mena: Countries States Cities Database (dr5hn, ODbL 1.0); whosonfirst: Who's On First (whosonfirst.org/docs/licenses, CC BY and CC0).\n"
            "# This database is made available under the Open Database License 1.0. ~: counts only after a word like مدينة، قضاء، بلدة، محافظة، قرية.\n"
        )
        for r in [HEADER, *out]:
            file.write("\t".join(r) + "\n")
    os.replace(fresh, LEXICON / "places.tsv")
    print(len(out), "places;", sum(r[0][0] == "~" for r in out), "marked;", dict(counts))


if __name__ == "__main__":
    main()
