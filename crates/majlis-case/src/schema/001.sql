-- The case file. Offsets are Unicode code points of revision.text, end exclusive. Days are YYYY-MM-DD, instants RFC 3339 in
-- UTC, times of events EDTF. Confidence is 0-1. Item kinds are mention, statement, event, time, place, stance.

---- Documents -------------------------------------------------------------------------------------------------------------

-- Who published. `code` is the lexicon's id, where it knows the outlet.
CREATE TABLE outlet (
    id   INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    code TEXT
) STRICT;

-- One report. `key` seals the address whose later contents are revisions of this document: the first half of its SHA-256, NULL
-- where it has no address.
-- `pending` is 1 until copies, actors, clusters and claims have taken the live reading in. `sketch` is the MinHash of its shingles
-- (copies.rs), NULL where it has few words.
CREATE TABLE document (
    id      INTEGER PRIMARY KEY,
    name    TEXT NOT NULL,
    key     BLOB UNIQUE CHECK (length(key) = 16),
    sketch  BLOB CHECK (length(sketch) = 124),
    pending INTEGER NOT NULL DEFAULT 1 CHECK (pending IN (0, 1))
) STRICT;
CREATE INDEX document_pending ON document (id) WHERE pending;

-- What a document said at one capture. Never changed. `body` is the text, zlib over UTF-8: inflated(id, body).
CREATE TABLE revision (
    id            INTEGER PRIMARY KEY,
    document      INTEGER NOT NULL REFERENCES document,
    number        INTEGER NOT NULL CHECK (number >= 1),
    body          BLOB NOT NULL,
    text_sha256   BLOB NOT NULL CHECK (length(text_sha256) = 32),
    source_sha256 BLOB NOT NULL CHECK (length(source_sha256) = 32), -- of the original bytes
    extractor     TEXT NOT NULL,                                    -- what made text of the bytes, with its version
    kind          TEXT NOT NULL CHECK (kind IN ('text', 'html', 'record', 'feed', 'mail')),
    origin        TEXT NOT NULL,                                    -- path or URL, with the member of an archive
    url           TEXT,
    title         TEXT,
    outlet        INTEGER REFERENCES outlet,
    published     TEXT,                                             -- as the metadata or the flag says
    captured      TEXT NOT NULL,
    language      TEXT NOT NULL,
    diff          TEXT,                                             -- unified, from the revision before; NULL where the texts are too long
    UNIQUE (document, number)
) STRICT;
CREATE INDEX revision_source ON revision (source_sha256);
CREATE INDEX revision_outlet ON revision (outlet);
CREATE TRIGGER revision_stays BEFORE UPDATE ON revision BEGIN SELECT RAISE(ABORT, 'a revision is never changed'); END;

---- Readings --------------------------------------------------------------------------------------------------------------

-- What one version of the reader found in one revision. The live one is of the newest revision by the newest reader.
-- `published` is the day that was used; `inferred` says where it came from when the revision did not carry it.
CREATE TABLE reading (
    id        INTEGER PRIMARY KEY,
    document  INTEGER NOT NULL REFERENCES document,
    revision  INTEGER NOT NULL REFERENCES revision,
    engine    TEXT NOT NULL,
    published TEXT,
    inferred  INTEGER REFERENCES why,
    live      INTEGER NOT NULL DEFAULT 1 CHECK (live IN (0, 1)),
    UNIQUE (revision, engine)
) STRICT;
CREATE INDEX reading_document ON reading (document);
CREATE UNIQUE INDEX reading_live ON reading (document) WHERE live;
CREATE INDEX reading_published ON reading (published, document) WHERE live;

-- The rule and cue that found an item, `rule:cue`.
CREATE TABLE why (
    id  INTEGER PRIMARY KEY,
    why TEXT NOT NULL UNIQUE
) STRICT;

-- Somebody, across documents. `code` is the lexicon's id or the one that the reader makes of the name. `root` is the actor
-- that this one is merged into, itself where it is not; merging changes `root` only. `known` is whether the lexicon has it.
CREATE TABLE actor (
    id      INTEGER PRIMARY KEY,
    code    TEXT NOT NULL,
    name    TEXT NOT NULL,
    name_en TEXT NOT NULL,
    kind    TEXT NOT NULL,
    sector  TEXT NOT NULL,
    country TEXT NOT NULL,
    known   INTEGER NOT NULL CHECK (known IN (0, 1)),
    root    INTEGER NOT NULL REFERENCES actor DEFERRABLE INITIALLY DEFERRED
) STRICT;
CREATE INDEX actor_code ON actor (code);
CREATE INDEX actor_root ON actor (root);

-- The reader's actor, as it names it; many documents share one. `actor` is where documents put it unless a split says else.
CREATE TABLE identity (
    id      INTEGER PRIMARY KEY,
    code    TEXT NOT NULL,
    name    TEXT NOT NULL,
    name_en TEXT NOT NULL,
    kind    TEXT NOT NULL,
    sector  TEXT NOT NULL,
    country TEXT NOT NULL,
    known   INTEGER NOT NULL CHECK (known IN (0, 1)),
    actor   INTEGER NOT NULL REFERENCES actor
) STRICT;
CREATE INDEX identity_code ON identity (code);

-- An actor of one reading, and the actor it is taken for.
CREATE TABLE local_actor (
    id       INTEGER PRIMARY KEY,
    reading  INTEGER NOT NULL REFERENCES reading,
    identity INTEGER NOT NULL REFERENCES identity,
    actor    INTEGER NOT NULL REFERENCES actor
) STRICT;
CREATE INDEX local_actor_reading ON local_actor (reading);
CREATE INDEX local_actor_actor ON local_actor (actor, reading);

-- In the tables of items, `decision` is the analyst's decision that made the row; NULL where the reader did.

CREATE TABLE mention (
    id         INTEGER PRIMARY KEY,
    reading    INTEGER NOT NULL REFERENCES reading,
    actor      INTEGER NOT NULL REFERENCES local_actor,
    start      INTEGER NOT NULL,
    end        INTEGER NOT NULL,
    form       TEXT NOT NULL,
    confidence REAL NOT NULL,
    why        INTEGER NOT NULL REFERENCES why,
    decision   INTEGER REFERENCES decision
) STRICT;
CREATE INDEX mention_actor ON mention (actor);

CREATE TABLE statement (
    id              INTEGER PRIMARY KEY,
    reading         INTEGER NOT NULL REFERENCES reading,
    start           INTEGER NOT NULL,
    end             INTEGER NOT NULL,
    paragraph       INTEGER NOT NULL,                    -- line of the text, from 0
    kind            TEXT NOT NULL CHECK (kind IN ('direct', 'indirect')),
    class           TEXT NOT NULL,                       -- what the reporting verb does
    speaker         INTEGER REFERENCES local_actor,
    named           INTEGER NOT NULL CHECK (named IN (0, 1)),
    speaker_start   INTEGER,
    speaker_end     INTEGER,
    described_start INTEGER,                             -- an unnamed source's description, where first given
    described_end   INTEGER,
    source_class    TEXT NOT NULL,                       -- kind of unnamed source, else empty
    side            INTEGER REFERENCES local_actor,      -- whose side an unnamed source is on
    told_to         INTEGER REFERENCES local_actor,
    cue_start       INTEGER,
    cue_end         INTEGER,
    inside          INTEGER REFERENCES statement DEFERRABLE INITIALLY DEFERRED,
    confidence      REAL NOT NULL,
    why             INTEGER NOT NULL REFERENCES why,
    decision        INTEGER REFERENCES decision
) STRICT;
CREATE INDEX statement_reading ON statement (reading, decision, named);
CREATE INDEX statement_speaker ON statement (speaker) WHERE speaker IS NOT NULL;
-- The review queue, by hundredths: new items go to few pages.
CREATE INDEX statement_queue ON statement (CAST(confidence * 100 AS INTEGER)) WHERE decision IS NULL;

-- A place of the gazetteer, or one that only texts name.
CREATE TABLE location (
    id        INTEGER PRIMARY KEY,
    name      TEXT NOT NULL,    -- English or romanised
    name_ar   TEXT NOT NULL,
    country   TEXT NOT NULL,    -- ISO 3166-1 alpha-2, empty where unknown
    latitude  REAL,             -- degrees, WGS 84
    longitude REAL,
    precision TEXT NOT NULL,
    UNIQUE (name, name_ar, country, precision)
) STRICT;

CREATE TABLE place (
    id         INTEGER PRIMARY KEY,
    reading    INTEGER NOT NULL REFERENCES reading,
    location   INTEGER NOT NULL REFERENCES location,
    start      INTEGER NOT NULL,
    end        INTEGER NOT NULL,
    confidence REAL NOT NULL,
    why        INTEGER NOT NULL REFERENCES why,
    decision   INTEGER REFERENCES decision
) STRICT;
CREATE INDEX place_reading ON place (reading);
CREATE INDEX place_location ON place (location);

CREATE TABLE time (
    id         INTEGER PRIMARY KEY,
    reading    INTEGER NOT NULL REFERENCES reading,
    start      INTEGER NOT NULL,
    end        INTEGER NOT NULL,
    value      TEXT,            -- EDTF, NULL where it cannot be resolved
    confidence REAL NOT NULL,
    why        INTEGER NOT NULL REFERENCES why,
    decision   INTEGER REFERENCES decision
) STRICT;
CREATE INDEX time_reading ON time (reading);

CREATE TABLE event (
    id         INTEGER PRIMARY KEY,
    reading    INTEGER NOT NULL REFERENCES reading,
    start      INTEGER NOT NULL, -- of the trigger
    end        INTEGER NOT NULL,
    paragraph  INTEGER NOT NULL,
    type       TEXT NOT NULL,    -- PLOVER, or ELECTION or VOTE
    mode       TEXT NOT NULL,
    status     TEXT NOT NULL CHECK (status IN ('happened', 'ongoing', 'planned', 'threatened', 'demanded', 'denied')),
    time       TEXT,             -- EDTF
    first_day  TEXT,
    last_day   TEXT,
    place      INTEGER REFERENCES place,
    statement  INTEGER REFERENCES statement, -- that reports it
    confidence REAL NOT NULL,
    why        INTEGER NOT NULL REFERENCES why,
    decision   INTEGER REFERENCES decision
) STRICT;
CREATE INDEX event_reading ON event (reading, decision);
CREATE INDEX event_type ON event (type, first_day);
CREATE INDEX event_day ON event (first_day);
CREATE INDEX event_place ON event (place) WHERE place IS NOT NULL;
CREATE INDEX event_queue ON event (CAST(confidence * 100 AS INTEGER)) WHERE decision IS NULL;

CREATE TABLE event_party (
    event INTEGER NOT NULL REFERENCES event,
    role  TEXT NOT NULL CHECK (role IN ('source', 'target')),
    actor INTEGER NOT NULL REFERENCES local_actor,
    PRIMARY KEY (event, role, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX event_party_actor ON event_party (actor);

CREATE TABLE stance (
    id              INTEGER PRIMARY KEY,
    reading         INTEGER NOT NULL REFERENCES reading,
    actor           INTEGER NOT NULL REFERENCES local_actor,
    start           INTEGER NOT NULL, -- of the issue
    end             INTEGER NOT NULL,
    side            TEXT NOT NULL CHECK (side IN ('for', 'against', 'conditional')),
    condition_start INTEGER,
    condition_end   INTEGER,
    event           INTEGER REFERENCES event, -- that it rests on
    confidence      REAL NOT NULL,
    why             INTEGER NOT NULL REFERENCES why,
    decision        INTEGER REFERENCES decision
) STRICT;
CREATE INDEX stance_reading ON stance (reading);
CREATE INDEX stance_actor ON stance (actor);

---- Search ----------------------------------------------------------------------------------------------------------------

-- One row a document (rowid = document.id): the search keys of the newest revision's words, in order.
CREATE VIRTUAL TABLE words USING fts5 (title, text, content = '', contentless_delete = 1, tokenize = 'ascii');

---- Decisions: the machine's on merging, the analyst's on everything --------------------------------------------------------

-- Who decided what, when and why. `detail` is JSON: whatever undoing needs. `undone` is the decision that took it back.
-- `work_needed` is 1 where the machine is unsure and asks.
CREATE TABLE decision (
    id           INTEGER PRIMARY KEY,
    at           TEXT NOT NULL,
    by           TEXT NOT NULL,      -- 'majlis' for the machine
    act          TEXT NOT NULL CHECK (act IN ('merge', 'split', 'accept', 'reject', 'correct', 'add', 'grade', 'note', 'undo')),
    subject_kind TEXT NOT NULL,
    subject      INTEGER NOT NULL,
    why          TEXT NOT NULL,
    confidence   REAL,
    work_needed  INTEGER NOT NULL DEFAULT 0 CHECK (work_needed IN (0, 1)),
    detail       TEXT NOT NULL DEFAULT '{}',
    undone       INTEGER REFERENCES decision
) STRICT;
CREATE INDEX decision_subject ON decision (subject_kind, subject);
CREATE INDEX decision_queue ON decision (id) WHERE work_needed AND undone IS NULL;

-- What stands of an item of the reader after review. No row: not reviewed, it counts as read.
CREATE TABLE verdict (
    kind     TEXT NOT NULL,
    item     INTEGER NOT NULL,
    outcome  TEXT NOT NULL CHECK (outcome IN ('accepted', 'rejected', 'replaced')),
    decision INTEGER NOT NULL REFERENCES decision,
    PRIMARY KEY (kind, item)
) STRICT, WITHOUT ROWID;

-- Which items of the analyst stand in the place of which of the reader.
CREATE TABLE replacement (
    kind     TEXT NOT NULL,
    old      INTEGER NOT NULL,
    new      INTEGER NOT NULL,
    decision INTEGER NOT NULL REFERENCES decision,
    PRIMARY KEY (kind, old, new)
) STRICT, WITHOUT ROWID;

-- Admiralty grades, only ever the analyst's: reliability A-F of an outlet or actor, credibility 1-6 of a claim or item.
CREATE TABLE grade (
    axis         TEXT NOT NULL CHECK (axis IN ('reliability', 'credibility')),
    subject_kind TEXT NOT NULL,
    subject      INTEGER NOT NULL,
    value        TEXT NOT NULL,
    decision     INTEGER NOT NULL REFERENCES decision,
    PRIMARY KEY (axis, subject_kind, subject),
    CHECK ((axis = 'reliability' AND value GLOB '[A-F]') OR (axis = 'credibility' AND value GLOB '[1-6]'))
) STRICT, WITHOUT ROWID;

CREATE TABLE note (
    id           INTEGER PRIMARY KEY,
    subject_kind TEXT NOT NULL,
    subject      INTEGER NOT NULL,
    text         TEXT NOT NULL,
    decision     INTEGER NOT NULL REFERENCES decision
) STRICT;
CREATE INDEX note_subject ON note (subject_kind, subject);

---- Merged record ---------------------------------------------------------------------------------------------------------

-- Keys under which an actor's name is compared with others' (names.rs).
CREATE TABLE actor_name (
    folded TEXT NOT NULL,
    actor  INTEGER NOT NULL REFERENCES actor,
    PRIMARY KEY (folded, actor)
) STRICT, WITHOUT ROWID;
CREATE INDEX actor_name_actor ON actor_name (actor);

-- Bands of documents' sketches: documents that share one may carry the same text (copies.rs). Of those that are pending they may lack.
CREATE TABLE band (
    key      INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES document,
    PRIMARY KEY (key, document)
) STRICT, WITHOUT ROWID;

-- Documents that carry one text. `story` is the first document of it; a document without a row has a story of its own.
CREATE TABLE copy (
    document   INTEGER PRIMARY KEY REFERENCES document,
    story      INTEGER NOT NULL REFERENCES document,
    similarity REAL NOT NULL,
    decision   INTEGER REFERENCES decision
) STRICT;
CREATE INDEX copy_story ON copy (story);

-- One happening with all its reports. An event of a reading is in at most one. `stale` is 1 until its claims are stated again.
CREATE TABLE cluster (
    id        INTEGER PRIMARY KEY,
    type      TEXT NOT NULL,
    mode      TEXT NOT NULL,
    status    TEXT NOT NULL,
    first_day TEXT,
    last_day  TEXT,
    location  INTEGER REFERENCES location,
    stale     INTEGER NOT NULL DEFAULT 1 CHECK (stale IN (0, 1))
) STRICT;
CREATE INDEX cluster_type ON cluster (type, first_day);
CREATE INDEX cluster_stale ON cluster (id) WHERE stale;
CREATE TABLE cluster_event (
    event      INTEGER PRIMARY KEY REFERENCES event,
    cluster    INTEGER NOT NULL REFERENCES cluster,
    similarity REAL NOT NULL,
    words      TEXT NOT NULL,     -- the trigger, as the text has it
    figures    TEXT NOT NULL,     -- what its sentence counts, JSON: {"dead": 3}
    decision   INTEGER REFERENCES decision
) STRICT;
CREATE INDEX cluster_event_cluster ON cluster_event (cluster);

-- The happening that an event which is denied speaks of.
CREATE TABLE denial (
    event   INTEGER PRIMARY KEY REFERENCES event,
    cluster INTEGER NOT NULL REFERENCES cluster
) STRICT;
CREATE INDEX denial_cluster ON denial (cluster);

-- Days, with hashes of type and place or actor, under which later reports of a cluster are looked for (report.rs).
CREATE TABLE cluster_key (
    key     INTEGER NOT NULL,
    cluster INTEGER NOT NULL REFERENCES cluster,
    PRIMARY KEY (key, cluster)
) STRICT, WITHOUT ROWID;
CREATE INDEX cluster_key_cluster ON cluster_key (cluster);

-- What several statements and events say of the same thing, and what each says of it.
CREATE TABLE claim (
    id      INTEGER PRIMARY KEY,
    kind    TEXT NOT NULL CHECK (kind IN ('happening', 'date', 'figure')),
    cluster INTEGER NOT NULL REFERENCES cluster,
    about   TEXT NOT NULL,     -- the trigger in the words of a text; of a figure, what is counted
    UNIQUE (cluster, kind, about)
) STRICT;
CREATE TABLE claim_report (
    claim     INTEGER NOT NULL REFERENCES claim,
    item_kind TEXT NOT NULL CHECK (item_kind IN ('statement', 'event')),
    item      INTEGER NOT NULL,
    says      TEXT NOT NULL CHECK (says IN ('supports', 'denies', 'differs')),
    value     TEXT,            -- the figure or date it gives
    PRIMARY KEY (claim, item_kind, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX claim_report_item ON claim_report (item_kind, item);

---- Runs ------------------------------------------------------------------------------------------------------------------

-- One run of a model. Never changed.
CREATE TABLE run (
    id           INTEGER PRIMARY KEY,
    at           TEXT NOT NULL,
    by           TEXT NOT NULL,
    kind         TEXT NOT NULL,
    engine       TEXT NOT NULL,
    seed         INTEGER,
    input        TEXT NOT NULL,
    input_sha256 BLOB NOT NULL CHECK (length(input_sha256) = 32),
    output       TEXT NOT NULL
) STRICT;
CREATE TRIGGER run_stays BEFORE UPDATE ON run BEGIN SELECT RAISE(ABORT, 'a run is never changed'); END;

-- A probability that a run gave to one outcome of a question.
CREATE TABLE forecast (
    id          INTEGER PRIMARY KEY,
    run         INTEGER NOT NULL REFERENCES run,
    question    TEXT NOT NULL,
    outcome     TEXT NOT NULL,
    probability REAL NOT NULL CHECK (probability BETWEEN 0 AND 1),
    closes      TEXT,
    UNIQUE (run, question, outcome)
) STRICT;

-- What came of a question.
CREATE TABLE resolution (
    question TEXT PRIMARY KEY,
    outcome  TEXT NOT NULL,
    at       TEXT NOT NULL,
    by       TEXT NOT NULL,
    why      TEXT NOT NULL
) STRICT, WITHOUT ROWID;

---- Audit -----------------------------------------------------------------------------------------------------------------

-- Every change, in order. `hash` is SHA-256 of the row's words and the hash before (see audit.rs).
CREATE TABLE audit (
    seq     INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,
    by      TEXT NOT NULL,
    act     TEXT NOT NULL,
    subject TEXT NOT NULL,     -- 'document 17', 'decision 3'
    detail  TEXT NOT NULL,     -- JSON
    hash    BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER audit_is_not_cut BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;

---- What counts -----------------------------------------------------------------------------------------------------------

-- The items that stand: of live readings, not rejected and not replaced, with the analyst's own among them.
CREATE VIEW live_mention AS SELECT m.*, r.document FROM reading r JOIN local_actor l ON l.reading = r.id JOIN mention m ON m.actor = l.id AND r.live
    WHERE NOT EXISTS (SELECT 1 FROM verdict v WHERE v.kind = 'mention' AND v.item = m.id AND v.outcome <> 'accepted');
CREATE VIEW live_statement AS SELECT s.*, r.document FROM statement s JOIN reading r ON r.id = s.reading AND r.live
    WHERE NOT EXISTS (SELECT 1 FROM verdict v WHERE v.kind = 'statement' AND v.item = s.id AND v.outcome <> 'accepted');
CREATE VIEW live_event AS SELECT e.*, r.document FROM event e JOIN reading r ON r.id = e.reading AND r.live
    WHERE NOT EXISTS (SELECT 1 FROM verdict v WHERE v.kind = 'event' AND v.item = e.id AND v.outcome <> 'accepted');
CREATE VIEW live_time AS SELECT t.*, r.document FROM time t JOIN reading r ON r.id = t.reading AND r.live
    WHERE NOT EXISTS (SELECT 1 FROM verdict v WHERE v.kind = 'time' AND v.item = t.id AND v.outcome <> 'accepted');
CREATE VIEW live_place AS SELECT p.*, r.document FROM place p JOIN reading r ON r.id = p.reading AND r.live
    WHERE NOT EXISTS (SELECT 1 FROM verdict v WHERE v.kind = 'place' AND v.item = p.id AND v.outcome <> 'accepted');
CREATE VIEW live_stance AS SELECT s.*, r.document FROM stance s JOIN reading r ON r.id = s.reading AND r.live
    WHERE NOT EXISTS (SELECT 1 FROM verdict v WHERE v.kind = 'stance' AND v.item = s.id AND v.outcome <> 'accepted');

-- A document with its newest revision, its live reading and its story.
CREATE VIEW live_document AS
    SELECT d.id, d.name, d.pending, r.id AS reading, r.engine, r.published, r.inferred, v.id AS revision, v.number, inflated(v.id, v.body) AS text, v.title,
           v.outlet, v.url, v.origin, v.kind, v.language, v.captured, v.text_sha256, v.source_sha256, v.extractor,
           coalesce(c.story, d.id) AS story
    FROM document d JOIN reading r ON r.document = d.id AND r.live JOIN revision v ON v.id = r.revision LEFT JOIN copy c ON c.document = d.id;
