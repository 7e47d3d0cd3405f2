#!/usr/bin/env python3
"""Writes lexicon/names.tsv: parts of persons' names.

    python3 -m venv /tmp/v && /tmp/v/bin/pip install arabic-name-romanizer==0.2.0 faker==40.54.0 mahad==0.3.0 --no-deps
    /tmp/v/bin/python tools/import_names.py

Reads the name index of arabic-name-romanizer and the lists of names in faker and mahad (PyPI); names_curated.tsv, places_curated.tsv,
words.tsv, common.tsv, cues.tsv, predicates.tsv, titles.tsv and actors/*.tsv of the lexicon; ../shared/resources and ../shared/corpus. Nothing else, and the
same input gives the same file.
"""
import ast
import collections
import csv
import difflib
import gzip
import json
import os
import pathlib
import re
import sqlite3
import unicodedata
from importlib.util import find_spec

ROOT = pathlib.Path(__file__).resolve().parents[1]
LEXICON = ROOT / "lexicon"
RESOURCES = ROOT.parent / "shared" / "resources"
CORPUS = ROOT.parent / "shared" / "corpus" / "arabic-news-2015.jsonl.gz"
ARAB = set("DZ EG MA IQ TN SA LB SY PS JO YE AE KW SD QA LY BH SO OM MR KM DJ".split())
LETTERS = re.compile(r"[\u0621-\u064a\u0671-\u06d3]+")
FOLD = str.maketrans("أإآٱىیېةھہەۀۃؤئکڪگچپڤژ", "اااايييههههههءءككغجبفج")
PARTICLES = {"بن", "ابن", "ابو", "ابي", "ام", "ال", "عبد", "بنت", "ولد", "اولد", "بو", "با", "آل", "دي", "ذو", "الله", "الدين", "فان", "فون", "دو", "لا", "لو", "دا"}
GOD = "الله الرحمن الرحيم الكريم العزيز القادر الوهاب الرزاق السلام الملك المجيد الحميد اللطيف الغني الفتاح الجبار الحكيم الحليم الخالق الباسط الستار الناصر الهادي الواحد الحق الحي الرؤوف الرشيد الزهرة الحسين الأمير المهدي الرضا الكاظم الصمد العظيم العال الغفار الغفور القهار المطلب المنعم النبي الوارث الودود المولى المحسن الصاحب السميع السادة".split()
# Ordinary words that stay names all the same, marked ~, however often they stand elsewhere.
COMMON_NAMES = {"علي", "امل", "رجاء", "وفاء", "سلام", "نصر", "جهاد", "اسلام", "ايمان", "امين", "امير", "حسن", "سعيد", "كريم", "شريف", "عادل", "ناصر", "خالد", "صالح", "هادي", "جميل", "فرج", "جمعه", "خميس", "رمضان", "شعبان", "رجب", "عيد", "بدر", "هلال", "قمر", "نور", "وسام", "بيان", "احسان", "انتصار", "حياه", "زياده", "عوده", "سلامه", "شكري", "فتحي", "يحيي", "يزيد", "مجد", "مؤيد", "مءيد", "معتز", "منتصر", "قاسم", "طارق", "جابر", "تركي", "عربي", "مصري", "عراقي", "مغربي", "حداد", "نجار", "خطيب", "حكيم", "مالكي", "عامري", "حريري", "جبوري", "عبادي", "صدر", "خطاب", "عون", "امان"}

# Names that a verb is spelt like only when its hamza is left out (يأسر).
SPELT_ALIKE = {"ياسر"}

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


def listed_names():
    """Words in the persons' names of actors/*.tsv, and in the Arabic and Persian lists of faker: spelling, given or family, Latin letters if known."""
    for path in sorted((LEXICON / "actors").glob("*.tsv")):
        for r in rows(f"actors/{path.name}"):
            if r[1] == "person":
                english = re.sub(r"\b[Aa]l-(?=[A-Z])", "", r[6]).split()
                for name in [r[4], *r[5].split("|")]:
                    words = LETTERS.findall(name.lstrip("~"))
                    for i, word in enumerate(words):
                        yield word, "g" if i == 0 and len(words) > 1 else "f", alike(word, english)
    providers = pathlib.Path(find_spec("faker").origin).parent / "providers" / "person"
    for locale in ("ar_AA", "ar_DZ", "ar_PS", "ar_SA", "fa_IR"):
        for node in ast.walk(ast.parse((providers / locale / "__init__.py").read_text(encoding="utf-8"))):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and "name" in node.targets[0].id:
                kind = "f" if "last" in node.targets[0].id or "family" in node.targets[0].id else "g"
                for value in ast.walk(node.value):
                    if isinstance(value, ast.Constant) and isinstance(value.value, str) and "{" not in value.value:
                        for word in LETTERS.findall(value.value):
                            yield word, kind, ""


def alike(word, english):
    """The English word that an Arabic one may stand for: at least half of their consonants agree."""
    def skeleton(text):
        return re.sub("[^bcdfgjklmnpqrstvxz]", "", unicodedata.normalize("NFKD", text).lower().replace("gh", "g").replace("kh", "k"))
    ratio, best = max(((difflib.SequenceMatcher(None, skeleton(romanised(word)), skeleton(e), autojunk=False).ratio(), e) for e in english), default=(0, ""))
    return best if ratio >= 0.6 else ""


def families():
    """Names of the shapes of family names in mahad's list (a nisba, ان, و, ا, a compound of ابو or عبد) that no article of the corpus has
    as a word. The list is one long pattern inside a pickle; the pickle is not run."""
    with gzip.open(CORPUS, "rt", encoding="utf-8") as file:
        ordinary = {word for line in file for word in LETTERS.findall(fold(json.loads(line)["text"]))}
    data = (pathlib.Path(find_spec("maha").submodule_search_locations[0]) / "rexy" / "cache" / "names.crp").read_bytes()
    start = data.index(b"X") + 5
    pattern = data[start : start + int.from_bytes(data[start - 4 : start], "little")].decode("utf-8")
    for word in re.findall(r"[\u0621-\u064a]+", pattern):
        part = fold(word)
        bare = part[2:] if part.startswith("ال") else part
        shaped = bare.endswith(("ي", "ان", "و", "ا")) and len(bare) >= (4 if bare.endswith("ي") else 5) or part.startswith(("ابو", "عبد")) and len(part) >= 6
        if shaped and not any(w in ordinary for w in (bare, *(p + bare for p in ("ال", *"وفبلك")), *clipped(bare))):
            yield word


LATIN = dict(zip("ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءؤئأإآپچژگڤ", "a b t th j h kh d dh r z s sh s d t z a gh f q k l m n h u i a a a u i a i a p ch zh g v".split()))


def romanised(name):
    """A plain romanisation for the parts that have none: short vowels are guessed, an a in the first syllable and where three consonants meet."""
    if name.startswith("عبدال") and len(name) > 6:
        return "Abdul-" + romanised(name[5:])
    article = name.startswith("ال") and len(name) > 4
    letters = name[2:] if article else name
    out, consonants, guessed = "", 0, False
    for i, c in enumerate(letters):
        before, after = letters[i - 1 : i], letters[i + 1 : i + 2]
        letter = LATIN.get(c, "")
        if c in "وي" and (i == 0 or before in ("ا", "آ") and after or after in ("ا", "آ", "و", "ي", "ى", "ة", "ه") and after != c):
            letter = "w" if c == "و" else "y"
        if not letter:
            continue
        if letter[0] in "aiu":
            consonants = 0
        else:
            consonants += 1
            last = i == len(letters) - 1
            if consonants == 2 and len(out) == len(LATIN.get(letters[0], "")) or consonants == 3 or (consonants == 2 and last and guessed):
                out += "a"
                consonants = 1
                guessed = True
            elif consonants == 1:
                guessed = False
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
    outside, inside, at_place = collections.Counter(), collections.Counter(), collections.Counter()
    for counter, to in ((plain, outside), (person, inside), (place, at_place)):
        for token, count in counter.items():
            to[fold(token)] += count
    common = {fold(r[0]): int(r[1]) for r in rows("common.tsv")}
    titles = {fold(w) for r in rows("titles.tsv") for form in r[0].split("|") for w in form.split()}

    def unknown(part):
        """Whether a part is new: not known with or without the article, no ordinary word, no known part with a particle before it."""
        bare = part[2:] if part.startswith("ال") and len(part) > 4 else part
        if len(part) < 3 or any(w in latin for w in (part, bare, "ال" + bare)):
            return False
        if any(common.get(w, 0) or outside[w] > inside[w] or w in titles or at_place[w] > inside[w] for w in (part, bare, "ال" + bare)):
            return False
        return not (part[0] in "وفبلك" and any(rest in latin or rest in inside or "ال" + rest in latin for rest in (part[1:], part[2:]) if len(rest) > 2))

    found = collections.Counter()
    spelt = collections.defaultdict(collections.Counter)
    for word, kind, roman in listed_names():
        part = fold(word)
        if part in found or unknown(part):
            spelt[part][roman] += 1
            (given if kind == "g" else family)[part] += 1
            found[part] += 1
            written[part][word] += 1
    for token, count in sorted(person.items()):
        part = fold(token)
        if part in found or unknown(part):
            family[part] += count
            found[part] += count
    for word in families():
        part = fold(word)
        if part not in found and unknown(part) and not any(common.get(w, 0) or outside[w] for w in clipped(part)):
            (given if part.endswith("ا") else family)[part] += 1
            found[part] += 1
            written[part][word] += 1
    for part in sorted(found):
        latin[part].update({roman: count for roman, count in spelt[part].items() if roman} or {"": 0})
    # Spellings that folding does not bring together: the hamza on its seat, written as the seat alone (عايشة, فواد).
    for part in sorted(latin):
        for spelling in sorted({original.get(part, ""), *written[part]}):
            for seat, alone in (("ؤ", "و"), ("ئ", "ي")):
                other = spelling.replace(seat, alone)
                if other != spelling and unknown(fold(other)):
                    given[fold(other)], family[fold(other)] = given[part], family[part]
                    written[fold(other)][other] += 1
                    latin[fold(other)] = collections.Counter(latin[part])
    for name in GOD:
        part = fold("عبد" + name)
        given[part] += 1
        family[part] += 1
        written[part]["عبد" + name] += 1
        latin[part][""] += 0

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
            weak = part not in SPELT_ALIKE
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
        out.append(("~" * weak + ar, kind, roman))
    out.sort(key=lambda r: r[0].lstrip("~"))
    fresh = LEXICON / ".names.tsv.tmp"
    with open(fresh, "w", encoding="utf-8") as file:
        file.write(
            "# Parts of persons' names, most folded in spelling. Sources: PyPI arabic-name-romanizer 0.2.0 (MIT, UNICEF and contributors; name data from\n"
            "# Wikidata and the Algerian Name Transcription Corpus, CC0, and DziriNames, MIT: Y. Benakmoune, Y. Amoura); names_curated.tsv and the persons of\n"
            "# actors/*.tsv (the project's own); members of parliament in 2015 (EveryPolitician, facts); PyPI faker 40.54.0 (MIT, D. Faraglia and contributors);\n"
            "# family names of PyPI mahad 0.3.0 (BSD-3-Clause, (c) 2021 Maha Developers); names tagged in ANERcorp (Y. Benajiba and P. Rosso, CAMeL edition,\n"
            "# CC BY-SA 4.0) and NewsFANE Gold (F. Alotaibi and M. Lee, CC BY-SA 3.0). This list: CC BY-SA 4.0. Written by tools/import_names.py; do not edit.\n"
            "# kind: g given, f family, b both. ~: also an ordinary word, an inflected verb or a place. latin: the commonest romanisation, empty where no source has one.\n"
            "ar\tkind\tlatin\n"
        )
        for row in out:
            file.write("\t".join(row) + "\n")
    os.replace(fresh, LEXICON / "names.tsv")
    print(f"{len(out)} parts, {sum(r[0][0] == '~' for r in out)} marked, {dropped} dropped")


if __name__ == "__main__":
    main()
