#!/usr/bin/env python3
"""Writes lexicon/names.tsv: parts of persons' names.

    python3 -m venv /tmp/v && /tmp/v/bin/pip install arabic-name-romanizer
    /tmp/v/bin/python tools/import_names.py

Reads the name index of arabic-name-romanizer (PyPI); names_curated.tsv, places_curated.tsv, words.tsv, common.tsv, cues.tsv and
predicates.tsv of the lexicon; ../shared/resources. Nothing else, and the same input gives the same file.
"""
import collections
import csv
import gzip
import pathlib
import re
import sqlite3
from importlib.util import find_spec

ROOT = pathlib.Path(__file__).resolve().parents[1]
LEXICON = ROOT / "lexicon"
RESOURCES = ROOT.parent / "shared" / "resources"
ARAB = set("DZ EG MA IQ TN SA LB SY PS JO YE AE KW SD QA LY BH SO OM MR KM DJ".split())
LETTERS = re.compile(r"[\u0621-\u064a\u0671-\u06d3]+")
FOLD = str.maketrans("أإآٱىیېةھہەۀۃؤئکڪگچپڤژ", "اااايييههههههءءككغجبفج")
PARTICLES = {"بن", "ابن", "ابو", "ابي", "ام", "ال", "عبد", "بنت", "ولد", "اولد", "بو", "با", "آل", "دي", "ذو", "الله", "الدين", "فان", "فون", "دو", "لا", "لو", "دا"}
GOD = "الله الرحمن الرحيم الكريم العزيز القادر الوهاب الرزاق السلام الملك المجيد الحميد اللطيف الغني الفتاح الجبار الحكيم الحليم الخالق الباسط الستار الناصر الهادي الواحد الحق الحي الرؤوف الرشيد الزهرة الحسين الأمير المهدي الرضا الكاظم الصمد العظيم العال الغفار الغفور القهار المطلب المنعم النبي الوارث الودود المولى المحسن الصاحب السميع السادة".split()
# Ordinary words that stay names all the same, marked ~, however often they stand elsewhere.
COMMON_NAMES = {"علي", "امل", "رجاء", "وفاء", "سلام", "نصر", "جهاد", "اسلام", "ايمان", "امين", "امير", "حسن", "سعيد", "كريم", "شريف", "عادل", "ناصر", "خالد", "صالح", "هادي", "جميل", "فرج", "جمعه", "خميس", "رمضان", "شعبان", "رجب", "عيد", "بدر", "هلال", "قمر", "نور", "وسام", "بيان", "احسان", "انتصار", "حياه", "زياده", "عوده", "سلامه", "شكري", "فتحي", "يحيي", "يزيد", "مجد", "مؤيد", "مءيد", "معتز", "منتصر", "قاسم", "طارق", "جابر", "تركي", "عربي", "مصري", "عراقي", "مغربي", "حداد", "نجار", "خطيب", "حكيم", "مالكي", "عامري", "حريري", "جبوري", "عبادي", "صدر", "خطاب", "عون", "امان"}

# Marked by hand: seen more often as ordinary words, nisbas or titles than as names in a corpus of news.
MARKED = set("""
خادم التونسيه الليبي ليبي لي سي امنه نجاح يمني ريال الازهر النصر الربيعه سوري طيار سهل سلميه سداد سعودي ازال لبوزه امنا الملالي ملالي كردي فرانس
وحي صاحبه عليا لعبت اعلامي مهاجر ركن توثيق حربه مثال شنه جيل ساريه مطلوب جاده درايه الضباب الملا شيخ دعمه شبان مرشد لقوي مجلسي عميد ميزان زعيمه
باسمه عيار باس فرحه التراب نصره المقصود الملاحي مديري الرقيب روسي نبا ايرانيا تدين واسر سكوت وحشيه شرع ماء نظامي جدي مقبول الحجاج المبارك مبارك
""".split())


def fold(text):
    return re.sub("[\u064b-\u0652\u0670\u0640\u200c]", "", text).translate(FOLD)


def rows(name):
    with open(LEXICON / name, encoding="utf-8") as file:
        lines = [l.rstrip("\n").split("\t") for l in file if not l.startswith("#") and l.strip()]
    return lines[1:]


def resource_tokens():
    """Spellings in the two tagged corpora and the list of deputies: how often as a person's name, how often as no name."""
    person, plain, place = collections.Counter(), collections.Counter(), collections.Counter()
    for name in ("anercorp_train", "newsfane_train"):
        with gzip.open(RESOURCES / f"{name}.tsv.gz", "rt", encoding="utf-8") as file:
            for line in file:
                token, _, tag = line.strip().partition("\t")
                if not LETTERS.fullmatch(token):
                    continue
                kind = tag.partition("-")[2]
                if kind in ("PERS", "Politician", "Person", "Athlete", "Businessperson", "Artist", "Scientist", "Police", "Engineer", "Lawyer", "Group_PER", "Religious_PER", "Other_PER"):
                    person[token] += 1
                elif tag == "O":
                    plain[token] += 1
                elif kind in ("LOC", "Nation", "Population-Center", "State-or-Province", "Continent"):
                    place[token] += 1
    deputies = collections.Counter()
    with gzip.open(RESOURCES / "everypolitician_arab.tsv.gz", "rt", encoding="utf-8") as file:
        for line in file:
            cells = line.rstrip("\n").split("\t")
            if len(cells) > 2:
                for token in LETTERS.findall(cells[2]):
                    deputies[token] += 1
    return person, plain, place, deputies


LATIN = dict(zip("ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءؤئأإآپچژگڤ", "a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h u i a a a u i a i a p ch zh g v".split()))


def romanised(name):
    """A plain romanisation for the few parts that have none: vowels that are not written are guessed to be a."""
    if name.startswith("عبدال") and len(name) > 6:
        return "Abdul-" + romanised(name[5:])
    article = name.startswith("ال") and len(name) > 4
    out = ""
    for c in name[2:] if article else name:
        letter = LATIN.get(c, "")
        if out and out[-1] not in "aeiu" and letter[:1] not in ("a", "i", "u", ""):
            out += "a"
        out += letter
    out = re.sub(r"([aiu])\1+", r"\1", out)
    return "Al-" * article + out[:1].upper() + out[1:]


def clipped(part):
    """What is left of a word when it is read with an attached particle or pronoun."""
    if len(part) > 4:
        if part[0] in "وفبلك":
            yield part[1:]
        for end in ("ه", "ها", "هم", "نا", "ا", "ات", "ين", "ون"):
            if part.endswith(end) and len(part) - len(end) > 2:
                yield part[: -len(end)]


def main():
    index = pathlib.Path(find_spec("arabic_name_romanizer").origin).parent / "resources" / "names.sqlite3"
    db = sqlite3.connect(f"file:{index}?mode=ro", uri=True)
    given, family, latin = collections.Counter(), collections.Counter(), collections.defaultdict(collections.Counter)
    original = {}
    for key, spelling, country, role, count in db.execute("select arabic_key, latin, country, role, count from units"):
        part = fold(key).replace(" ", "")
        if " " in key and not fold(key).startswith(("عبد ", "ابو ", "نصر ", "سيف ", "فضل ", "جاد ", "جار ", "عطا ", "فتح ", "خير ", "نور ", "ابن ", "بن ", "ام ")):
            continue
        if not LETTERS.fullmatch(part):
            continue
        original.setdefault(part, key.replace(" ", ""))
        if role in ("given", "unknown"):
            given[part] += count
        if role in ("surname", "unknown"):
            family[part] += count
        latin[part][spelling.strip()] += count * (4 if country in ARAB or country == "IR" else 1)
    for key, spelling, count in db.execute("select arabic_key, latin, count from full_names"):
        parts, romans = fold(key).split(), spelling.split()
        if len(parts) != len(romans) or len(parts) < 2:
            continue
        for i, (part, roman) in enumerate(zip(parts, romans)):
            if not LETTERS.fullmatch(part) or part in latin:
                continue
            original.setdefault(part, key.split()[i])
            (given if i == 0 else family)[part] += count
            latin[part][roman] += count

    person, plain, place, deputies = resource_tokens()
    written = collections.defaultdict(collections.Counter)
    for counter in (person, deputies):
        for token, count in counter.items():
            written[fold(token)][token] += count
    for token, count in deputies.items():
        part = fold(token)
        if part not in latin and count >= 1 and len(part) > 2:
            family[part] += count
            latin[part][""] += 1
    for name in GOD:
        part = fold("عبد" + name)
        given[part] += 1
        family[part] += 1
        written[part]["عبد" + name] += 1
        latin[part][""] += 0

    outside, inside, at_place = collections.Counter(), collections.Counter(), collections.Counter()
    for counter, to in ((plain, outside), (person, inside), (place, at_place)):
        for token, count in counter.items():
            to[fold(token)] += count
    common = {fold(r[0]): int(r[1]) for r in rows("common.tsv")}
    hard, soft = set(), set()
    for form, kind, *_ in rows("words.tsv"):
        if " " not in form:
            (hard if kind in ("stop", "prep", "sub", "rel", "dem", "neg", "cond", "number", "quant", "discourse", "hedge", "plan", "demand", "ongoing", "passive", "deny", "time", "unit") else soft).add(fold(form))
    for file in ("cues.tsv", "predicates.tsv"):
        columns = rows(file)
        for r in columns:
            for cell in r[:2]:
                soft.update(fold(v) for v in cell.split("|") if v and " " not in v)
    with open(RESOURCES / "countries_ar.tsv", encoding="utf-8") as file:
        countries = {fold(r["arabic"]) for r in csv.DictReader(file, delimiter="\t")}

    towns = {fold(n.lstrip("~")) for r in rows("places_curated.tsv") for n in [r[0], *r[1].split("|")] if n}
    out, dropped = [], 0
    curated = {}
    for ar, kind, roman in rows("names_curated.tsv"):
        curated[fold(ar)] = (ar, kind, roman)
    for part in sorted(set(latin) | set(curated)):
        if len(part) < 2 or part in PARTICLES:
            continue
        bare = part[2:] if part.startswith("ال") and len(part) > 4 else part
        total = given[part] + family[part]
        often = max(common.get(part, 0), common.get(bare, 0) if bare != part else 0)
        ordinary = outside[part] + (outside[bare] if bare != part else 0)
        as_name = inside[part] + inside[bare]
        kept = bare in COMMON_NAMES or part in COMMON_NAMES
        weak = False
        if part in countries or (len(part) == 2 and total < 20 and part not in curated):
            dropped += 1
            continue
        if part in hard or bare in hard:
            if not kept and total < 60 and part not in curated:
                dropped += 1
                continue
            weak = True
        elif often >= 2 or ordinary >= 3:
            if not kept and part not in curated and ordinary > 4 * as_name and total < 15:
                dropped += 1
                continue
            weak = ordinary > as_name or often > max(2, as_name)
        elif part in soft or bare in soft:
            weak = True
        elif part not in curated and often == 1 and total < 5 and as_name == 0:
            weak = True
        elif part in MARKED or (part in towns and total < 60):
            weak = True
        elif part not in curated and total < 10 and as_name == 0 and any(common.get(x, 0) or outside[x] for x in clipped(part)):
            weak = True
        elif at_place[part] >= 3 and at_place[part] > as_name:
            weak = True
        if part in curated:
            ar, kind, roman = curated[part]
            if given[part] and family[part]:
                kind = "b"
        else:
            ar = original.get(part, part)
            if written[part]:
                ar = max(sorted(written[part]), key=lambda t: (written[part][t], t))
            g, f = given[part], family[part]
            kind = "b" if g and f and min(g, f) * 6 >= max(g, f) else "g" if g >= f else "f"
            roman = max(sorted(latin[part]), key=lambda t: (latin[part][t], -len(t))) if latin[part] else ""
            roman = re.sub(r"\s+", " ", roman).strip(" -'")
            if roman and not re.search("[A-Z]", roman):
                roman = "-".join(w[:1].upper() + w[1:] for w in roman.split("-"))
            elif roman:
                roman = roman[:1].upper() + roman[1:]
            if not re.fullmatch(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff' .`’ʿʾ-]*", roman):
                roman = ""
            if part.startswith("ال"):
                roman = re.sub(r"^(?:[AE]l[- ]|[AE]l(?=[b-df-hj-np-tv-z]))([A-Za-z])", lambda m: "Al-" + m[1].upper(), roman)
            roman = roman or romanised(ar)
        out.append(("~" * weak + ar, kind, roman))
    out.sort(key=lambda r: r[0].lstrip("~"))
    with open(LEXICON / "names.tsv", "w", encoding="utf-8") as file:
        file.write(
            "# Parts of persons' names, most folded in spelling. Sources: PyPI arabic-name-romanizer 0.2.0 (MIT, UNICEF and contributors; name data from\n"
            "# Wikidata and the Algerian Name Transcription Corpus, CC0, and DziriNames, MIT: Y. Benakmoune, Y. Amoura); names_curated.tsv (the project's own);\n"
            "# members of parliament in 2015 (EveryPolitician, facts). Written by tools/import_names.py; do not edit.\n"
            "# kind: g given, f family, b both. ~: also an ordinary word, an inflected verb or a place. latin: the commonest romanisation.\n"
            "ar\tkind\tlatin\n"
        )
        for row in out:
            file.write("\t".join(row) + "\n")
    print(f"{len(out)} parts, {sum(r[0][0] == '~' for r in out)} marked, {dropped} dropped")


if __name__ == "__main__":
    main()
