-- A desk: records, their sources, statements, and every change of either. Texts are never null; blank is ''.
PRAGMA application_id = 0x53484B52;

CREATE TABLE desk (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

CREATE TABLE records (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  origin TEXT NOT NULL, -- own or built-in
  changed TEXT NOT NULL, -- UTC
  state TEXT NOT NULL CHECK (state IN ('draft', 'ready', 'published', 'rejected')),
  reason TEXT NOT NULL, -- of a rejection
  private TEXT NOT NULL CHECK (private IN ('', 'yes')),
  title TEXT NOT NULL,
  date TEXT NOT NULL,
  date_precision TEXT NOT NULL,
  date_basis TEXT NOT NULL,
  date_not_after TEXT NOT NULL,
  goods TEXT NOT NULL,
  goods_description TEXT NOT NULL,
  quantity REAL,
  unit TEXT NOT NULL,
  value_home REAL,
  currency TEXT NOT NULL,
  value_text TEXT NOT NULL,
  direction TEXT NOT NULL,
  neighbour TEXT NOT NULL,
  mode TEXT NOT NULL,
  place_name TEXT NOT NULL,
  region_code TEXT NOT NULL,
  region_name TEXT NOT NULL,
  crossing_id TEXT NOT NULL,
  location_precision TEXT NOT NULL,
  location_radius_km REAL,
  coord_basis TEXT NOT NULL,
  concealment TEXT NOT NULL,
  agency TEXT NOT NULL,
  outcome TEXT NOT NULL,
  outcome_class TEXT NOT NULL,
  legal_scope TEXT NOT NULL,
  support_note TEXT NOT NULL,
  confidence TEXT NOT NULL,
  verified TEXT NOT NULL,
  verify_note TEXT NOT NULL,
  seed_named TEXT NOT NULL,
  recording_side TEXT NOT NULL,
  possible_same_as TEXT NOT NULL,
  clue TEXT NOT NULL,
  clue_words TEXT NOT NULL,
  lon REAL,
  lat REAL
) STRICT;
CREATE INDEX records_by_change ON records (changed, number);
CREATE INDEX records_by_state ON records (state, changed, number);
CREATE INDEX records_by_goods ON records (goods, date);

-- The first of a record is its main source.
CREATE TABLE sources (
  record TEXT NOT NULL REFERENCES records (id),
  position INTEGER NOT NULL,
  address TEXT NOT NULL,
  publisher TEXT NOT NULL,
  date TEXT NOT NULL,
  language TEXT NOT NULL,
  archive TEXT NOT NULL,
  seen TEXT NOT NULL,
  PRIMARY KEY (record, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX sources_by_address ON sources (address);

CREATE TABLE statements (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  revision INTEGER NOT NULL,
  origin TEXT NOT NULL,
  changed TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('draft', 'ready', 'published', 'rejected')),
  reason TEXT NOT NULL,
  private TEXT NOT NULL CHECK (private IN ('', 'yes')),
  agency TEXT NOT NULL,
  agency_detail TEXT NOT NULL,
  claim TEXT NOT NULL,
  claim_type TEXT NOT NULL,
  metric TEXT NOT NULL,
  value REAL,
  unit TEXT NOT NULL,
  goods TEXT NOT NULL,
  goods_scope TEXT NOT NULL,
  neighbour TEXT NOT NULL,
  border_scope TEXT NOT NULL,
  period_start TEXT NOT NULL,
  period_end TEXT NOT NULL,
  stated_on TEXT NOT NULL,
  source_url TEXT NOT NULL,
  source_publisher TEXT NOT NULL,
  notes TEXT NOT NULL,
  legal_scope TEXT NOT NULL
) STRICT;
CREATE INDEX statements_by_change ON statements (changed, number);
CREATE INDEX statements_by_state ON statements (state, changed, number);

-- One row per field that a revision changed, both values as JSON.
CREATE TABLE changes (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  name TEXT NOT NULL, -- of who changed it
  kind TEXT NOT NULL, -- records or statements
  id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  field TEXT NOT NULL,
  old TEXT NOT NULL,
  new TEXT NOT NULL
) STRICT;
CREATE INDEX changes_by_id ON changes (kind, id, number);
CREATE INDEX changes_by_time ON changes (at);

-- What the built-in data say of a record of theirs that was brought: the version seen last, and one that waits.
CREATE TABLE brought (id TEXT PRIMARY KEY, version TEXT NOT NULL, waiting TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Whether an address still answered when it was last asked.
CREATE TABLE answers (address TEXT PRIMARY KEY, asked TEXT NOT NULL, answer TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- How many entries are in each state, so that no list has to count them.
CREATE TABLE totals (
  kind TEXT NOT NULL, state TEXT NOT NULL, number INTEGER NOT NULL, PRIMARY KEY (kind, state)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER records_counted AFTER INSERT ON records BEGIN
  INSERT INTO totals VALUES ('records', new.state, 1) ON CONFLICT DO UPDATE SET number = number + 1;
END;
CREATE TRIGGER records_moved AFTER UPDATE OF state ON records WHEN old.state <> new.state BEGIN
  UPDATE totals SET number = number - 1 WHERE kind = 'records' AND state = old.state;
  INSERT INTO totals VALUES ('records', new.state, 1) ON CONFLICT DO UPDATE SET number = number + 1;
END;
CREATE TRIGGER statements_counted AFTER INSERT ON statements BEGIN
  INSERT INTO totals VALUES ('statements', new.state, 1) ON CONFLICT DO UPDATE SET number = number + 1;
END;
CREATE TRIGGER statements_moved AFTER UPDATE OF state ON statements WHEN old.state <> new.state BEGIN
  UPDATE totals SET number = number - 1 WHERE kind = 'statements' AND state = old.state;
  INSERT INTO totals VALUES ('statements', new.state, 1) ON CONFLICT DO UPDATE SET number = number + 1;
END;

-- Words to search by.
CREATE VIRTUAL TABLE records_words USING fts5 (
  id, title, goods_description, place_name, agency, content = 'records', content_rowid = 'number'
);
CREATE TRIGGER records_words_in AFTER INSERT ON records BEGIN
  INSERT INTO records_words (rowid, id, title, goods_description, place_name, agency)
  VALUES (new.number, new.id, new.title, new.goods_description, new.place_name, new.agency);
END;
CREATE TRIGGER records_words_out AFTER UPDATE ON records BEGIN
  INSERT INTO records_words (records_words, rowid, id, title, goods_description, place_name, agency)
  VALUES ('delete', old.number, old.id, old.title, old.goods_description, old.place_name, old.agency);
  INSERT INTO records_words (rowid, id, title, goods_description, place_name, agency)
  VALUES (new.number, new.id, new.title, new.goods_description, new.place_name, new.agency);
END;
CREATE VIRTUAL TABLE statements_words USING fts5 (
  id, agency, claim, content = 'statements', content_rowid = 'number'
);
CREATE TRIGGER statements_words_in AFTER INSERT ON statements BEGIN
  INSERT INTO statements_words (rowid, id, agency, claim) VALUES (new.number, new.id, new.agency, new.claim);
END;
CREATE TRIGGER statements_words_out AFTER UPDATE ON statements BEGIN
  INSERT INTO statements_words (statements_words, rowid, id, agency, claim)
  VALUES ('delete', old.number, old.id, old.agency, old.claim);
  INSERT INTO statements_words (rowid, id, agency, claim) VALUES (new.number, new.id, new.agency, new.claim);
END;
