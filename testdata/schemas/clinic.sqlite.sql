-- A clinic that works offline: patients, appointments, treatment, stock and bills,
-- in the manner of a real application on SQLite 3.38: every kind of object that
-- sqlite_master keeps, in the words people write them.

CREATE TABLE country (code CHAR(2) PRIMARY KEY NOT NULL, name TEXT NOT NULL UNIQUE, phone_prefix VARCHAR(6)) WITHOUT ROWID;
CREATE TABLE site (id INTEGER PRIMARY KEY, name VARCHAR(80) NOT NULL, country CHAR(2) NOT NULL DEFAULT 'DE' REFERENCES country (code), opened DATE DEFAULT '2001-01-01', UNIQUE (name));
CREATE TABLE department (id INTEGER PRIMARY KEY AUTOINCREMENT, site_id INTEGER NOT NULL REFERENCES site ON DELETE CASCADE, name VARCHAR(80) COLLATE NOCASE NOT NULL, head_id INTEGER REFERENCES staff (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, UNIQUE (site_id, name));
CREATE TABLE staff (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    department_id INTEGER REFERENCES department (id) ON UPDATE CASCADE ON DELETE SET NULL,
    login VARCHAR(40) NOT NULL COLLATE NOCASE,
    name VARCHAR(120) NOT NULL,
    kind VARCHAR(10) NOT NULL DEFAULT 'nurse' CONSTRAINT staff_kind CHECK (kind IN ('doctor', 'nurse', 'clerk')),
    hired DATE NOT NULL DEFAULT CURRENT_DATE,
    left_on DATE,
    salary NUMERIC(10, 2) DEFAULT 0.00,
    photo BLOB,
    active BOOLEAN NOT NULL DEFAULT 1,
    initials TEXT GENERATED ALWAYS AS (substr(name, 1, 1)) VIRTUAL,
    CONSTRAINT staff_login UNIQUE (login),
    CONSTRAINT staff_dates CHECK (left_on IS NULL OR left_on >= hired)
);
CREATE INDEX staff_department ON staff (department_id, name COLLATE NOCASE DESC);
CREATE UNIQUE INDEX staff_active_name ON staff (lower(name)) WHERE active AND left_on IS NULL;
CREATE TABLE room (id INTEGER PRIMARY KEY, site_id INT NOT NULL, number VARCHAR(10) NOT NULL, beds SMALLINT NOT NULL DEFAULT 1 CHECK (beds BETWEEN 0 AND 20), area REAL, CONSTRAINT room_site FOREIGN KEY (site_id) REFERENCES site (id), CONSTRAINT room_number UNIQUE (site_id, number) ON CONFLICT ROLLBACK);
CREATE TABLE equipment (id INTEGER PRIMARY KEY, room_id INTEGER REFERENCES room ON DELETE SET NULL, serial TEXT UNIQUE, bought DATE, price DECIMAL(12,2), checked_at DATETIME);
CREATE TABLE insurer (id INTEGER PRIMARY KEY, name TEXT NOT NULL, code CHAR(9) NOT NULL UNIQUE, public BOOLEAN DEFAULT TRUE NOT NULL);
CREATE TABLE patient (
    id INTEGER NOT NULL PRIMARY KEY,
    number VARCHAR(12) NOT NULL,
    first_name VARCHAR(80) NOT NULL DEFAULT '',
    last_name VARCHAR(80) NOT NULL,
    full_name TEXT AS (first_name || ' ' || last_name) STORED,
    sex CHAR(1) CHECK (sex IN ('f', 'm', 'x')),
    born DATE NOT NULL,
    insurer_id INTEGER,
    insured_number VARCHAR(20),
    blood VARCHAR(3),
    weight_kg DOUBLE PRECISION CHECK (weight_kg > 0),
    height_cm FLOAT,
    bmi REAL GENERATED ALWAYS AS (weight_kg / (height_cm * height_cm / 10000)) VIRTUAL,
    allergies JSON DEFAULT '[]',
    remarks TEXT DEFAULT 'it''s "fine"',
    created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    changed_at TIMESTAMP DEFAULT (datetime('now', '+1 hour')),
    deleted BOOLEAN NOT NULL DEFAULT FALSE,
    FOREIGN KEY (insurer_id) REFERENCES insurer (id) ON DELETE RESTRICT ON UPDATE NO ACTION,
    CONSTRAINT patient_number UNIQUE (number),
    CHECK (length(last_name) > 0),
    CHECK (born <= '2100-01-01')
);
CREATE INDEX patient_name ON patient (last_name, first_name) WHERE NOT deleted;
CREATE INDEX patient_insurer ON patient (insurer_id, insured_number);
CREATE INDEX patient_year ON patient (strftime('%Y', born), sex DESC);
CREATE UNIQUE INDEX patient_insured ON patient (insurer_id, insured_number) WHERE insured_number IS NOT NULL;
CREATE TRIGGER patient_changed AFTER UPDATE OF first_name, last_name ON patient BEGIN UPDATE patient SET changed_at = CURRENT_TIMESTAMP WHERE id = NEW.id; END;
CREATE TABLE patient_address (patient_id INTEGER NOT NULL REFERENCES patient ON DELETE CASCADE, role VARCHAR(10) NOT NULL DEFAULT 'home', line1 TEXT NOT NULL, line2 TEXT, postcode VARCHAR(10), city TEXT NOT NULL, country CHAR(2) REFERENCES country, PRIMARY KEY (patient_id, role));
CREATE TABLE patient_contact (id INTEGER PRIMARY KEY, patient_id INTEGER NOT NULL, name TEXT NOT NULL, phone VARCHAR(40), relation VARCHAR(20), CONSTRAINT contact_patient FOREIGN KEY (patient_id) REFERENCES patient ON DELETE CASCADE);
CREATE TABLE patient_file (id INTEGER PRIMARY KEY AUTOINCREMENT, patient_id INTEGER NOT NULL REFERENCES patient (id), name VARCHAR(200) NOT NULL, mime VARCHAR(80) DEFAULT 'application/octet-stream' NOT NULL, data BLOB NOT NULL, size INTEGER AS (length(data)) VIRTUAL, digest BINARY(32), added DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')));
CREATE TABLE consent (patient_id INTEGER, purpose VARCHAR(40), given DATE NOT NULL, withdrawn DATE, PRIMARY KEY (patient_id, purpose), FOREIGN KEY (patient_id) REFERENCES patient (id) ON DELETE CASCADE, CHECK (withdrawn IS NULL OR withdrawn >= given)) WITHOUT ROWID;
CREATE TABLE diagnosis_code (code VARCHAR(8) PRIMARY KEY, chapter SMALLINT NOT NULL, title TEXT NOT NULL, parent VARCHAR(8) REFERENCES diagnosis_code (code));
CREATE TABLE procedure_code (code VARCHAR(10) NOT NULL, year INTEGER NOT NULL, title TEXT NOT NULL, points NUMERIC DEFAULT 0, PRIMARY KEY (code, year)) WITHOUT ROWID;
CREATE TABLE drug (id INTEGER PRIMARY KEY, name TEXT COLLATE NOCASE NOT NULL, substance TEXT, atc CHAR(7), strength REAL, unit VARCHAR(10) DEFAULT 'mg', prescription BOOLEAN DEFAULT 1 NOT NULL, price_cents BIGINT CHECK (price_cents >= 0));
CREATE UNIQUE INDEX drug_name ON drug (name, strength, unit);
CREATE INDEX drug_atc ON drug (atc) WHERE atc IS NOT NULL;
CREATE TABLE drug_interaction (drug_a INTEGER NOT NULL REFERENCES drug, drug_b INTEGER NOT NULL REFERENCES drug, severity TINYINT NOT NULL DEFAULT 1, note TEXT, CONSTRAINT interaction_pk PRIMARY KEY (drug_a, drug_b), CONSTRAINT interaction_order CHECK (drug_a < drug_b));
CREATE TABLE appointment_kind (id INTEGER PRIMARY KEY, name VARCHAR(60) UNIQUE NOT NULL, minutes SMALLINT DEFAULT 15 NOT NULL, color CHAR(7) DEFAULT '#ffffff');
CREATE TABLE appointment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    patient_id INTEGER NOT NULL REFERENCES patient ON DELETE CASCADE,
    staff_id INTEGER NOT NULL,
    room_id INTEGER,
    kind_id INTEGER NOT NULL DEFAULT 1,
    starts DATETIME NOT NULL,
    ends DATETIME NOT NULL,
    state TEXT DEFAULT 'planned' CHECK (state IN ('planned', 'arrived', 'done', 'missed', 'cancelled')),
    note VARCHAR(500),
    CONSTRAINT appointment_staff FOREIGN KEY (staff_id) REFERENCES staff (id),
    CONSTRAINT appointment_room FOREIGN KEY (room_id) REFERENCES room (id) ON DELETE SET NULL,
    CONSTRAINT appointment_kind FOREIGN KEY (kind_id) REFERENCES appointment_kind (id) ON DELETE SET DEFAULT,
    CONSTRAINT appointment_order CHECK (ends > starts)
);
CREATE INDEX appointment_day ON appointment (date(starts), staff_id);
CREATE UNIQUE INDEX appointment_once ON appointment (staff_id, starts) WHERE state <> 'cancelled';
CREATE TABLE waiting_list (patient_id INTEGER PRIMARY KEY REFERENCES patient ON DELETE CASCADE, since DATETIME DEFAULT CURRENT_TIMESTAMP, urgency INTEGER DEFAULT -1);
CREATE TABLE encounter (id INTEGER PRIMARY KEY, appointment_id INTEGER UNIQUE REFERENCES appointment ON DELETE SET NULL, patient_id INTEGER NOT NULL REFERENCES patient, staff_id INTEGER NOT NULL REFERENCES staff, began DATETIME NOT NULL, ended DATETIME, reason TEXT, notes TEXT);
CREATE TABLE diagnosis (encounter_id INTEGER NOT NULL REFERENCES encounter ON DELETE CASCADE, code VARCHAR(8) NOT NULL REFERENCES diagnosis_code (code), certain BOOLEAN DEFAULT 0, side CHAR(1), PRIMARY KEY (encounter_id, code));
CREATE TABLE performed (id INTEGER PRIMARY KEY, encounter_id INTEGER NOT NULL REFERENCES encounter, code VARCHAR(10) NOT NULL, year INTEGER NOT NULL, factor DECIMAL(4, 2) NOT NULL DEFAULT 1.0, FOREIGN KEY (code, year) REFERENCES procedure_code (code, year) ON UPDATE CASCADE);
CREATE TABLE vital_sign (patient_id INTEGER NOT NULL, at DATETIME NOT NULL, kind TEXT NOT NULL, value REAL NOT NULL, unit TEXT NOT NULL, PRIMARY KEY (patient_id, at, kind), FOREIGN KEY (patient_id) REFERENCES patient) WITHOUT ROWID;
CREATE TABLE prescription (id INTEGER PRIMARY KEY AUTOINCREMENT, encounter_id INTEGER REFERENCES encounter, patient_id INTEGER NOT NULL REFERENCES patient, issued DATE NOT NULL DEFAULT CURRENT_DATE, valid_days INTEGER NOT NULL DEFAULT 28, expires TEXT AS (date(issued, '+' || valid_days || ' days')) VIRTUAL, printed TINYINT(1) DEFAULT 0);
CREATE TABLE prescription_item (prescription_id INTEGER NOT NULL REFERENCES prescription ON DELETE CASCADE, position INTEGER NOT NULL, drug_id INTEGER NOT NULL REFERENCES drug, dose VARCHAR(40) NOT NULL DEFAULT '1-0-1', days SMALLINT, PRIMARY KEY (prescription_id, position));
CREATE TABLE vaccination (id INTEGER PRIMARY KEY, patient_id INTEGER NOT NULL REFERENCES patient, drug_id INTEGER REFERENCES drug, given DATE NOT NULL, batch TEXT, UNIQUE (patient_id, drug_id, given));
CREATE TABLE lab (id INTEGER PRIMARY KEY, name TEXT NOT NULL, fax TEXT);
CREATE TABLE lab_test (id INTEGER PRIMARY KEY, lab_id INTEGER NOT NULL REFERENCES lab, code VARCHAR(20) NOT NULL, low REAL, high REAL, CONSTRAINT lab_test_code UNIQUE (lab_id, code), CONSTRAINT lab_test_range CHECK (low IS NULL OR high IS NULL OR low < high));
CREATE TABLE lab_order (id INTEGER PRIMARY KEY, encounter_id INTEGER NOT NULL REFERENCES encounter, ordered DATETIME DEFAULT CURRENT_TIMESTAMP NOT NULL);
CREATE TABLE lab_result (order_id INTEGER NOT NULL REFERENCES lab_order ON DELETE CASCADE, test_id INTEGER NOT NULL REFERENCES lab_test, value NUMERIC, text_value TEXT, abnormal BOOLEAN, at DATETIME, PRIMARY KEY (order_id, test_id), CHECK ((value IS NULL) <> (text_value IS NULL)));
CREATE INDEX lab_result_abnormal ON lab_result (test_id, at DESC) WHERE abnormal = 1;
CREATE TABLE image_study (id INTEGER PRIMARY KEY, patient_id INTEGER NOT NULL REFERENCES patient, modality CHAR(2) NOT NULL CHECK (modality GLOB '[A-Z][A-Z]'), taken DATETIME, uid TEXT NOT NULL UNIQUE);
CREATE TABLE image (study_id INTEGER NOT NULL REFERENCES image_study ON DELETE CASCADE, number INTEGER NOT NULL, pixels BLOB, width INT, height INT, PRIMARY KEY (study_id, number));
CREATE TABLE referral (id INTEGER PRIMARY KEY, encounter_id INTEGER NOT NULL REFERENCES encounter, to_name TEXT NOT NULL, letter TEXT, sent DATETIME);
CREATE TABLE care_plan (id INTEGER PRIMARY KEY, patient_id INTEGER NOT NULL REFERENCES patient, title TEXT NOT NULL, goals JSON, starts DATE, ends DATE, CHECK (ends >= starts));
CREATE TABLE care_task (id INTEGER PRIMARY KEY, plan_id INTEGER NOT NULL REFERENCES care_plan ON DELETE CASCADE, title TEXT NOT NULL, rhythm TEXT DEFAULT 'daily', done INTEGER NOT NULL DEFAULT 0);
CREATE TABLE admission (id INTEGER PRIMARY KEY, patient_id INTEGER NOT NULL REFERENCES patient, room_id INTEGER REFERENCES room, admitted DATETIME NOT NULL, discharged DATETIME, CONSTRAINT one_bed UNIQUE (patient_id, admitted));
CREATE UNIQUE INDEX admission_open ON admission (patient_id) WHERE discharged IS NULL;
CREATE TABLE ward_round (id INTEGER PRIMARY KEY, admission_id INTEGER NOT NULL REFERENCES admission ON DELETE CASCADE, staff_id INTEGER REFERENCES staff, at DATETIME NOT NULL, notes TEXT);
CREATE TABLE shift (staff_id INTEGER NOT NULL REFERENCES staff ON DELETE CASCADE, day DATE NOT NULL, kind CHAR(1) NOT NULL DEFAULT 'D', hours REAL NOT NULL DEFAULT 8.0, PRIMARY KEY (staff_id, day)) WITHOUT ROWID;
CREATE TABLE absence (id INTEGER PRIMARY KEY, staff_id INTEGER NOT NULL REFERENCES staff, first DATE NOT NULL, last DATE NOT NULL, CHECK (last >= first));
CREATE TABLE qualification (staff_id INTEGER REFERENCES staff, title TEXT, until DATE, PRIMARY KEY (staff_id, title));
CREATE TABLE supplier (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE ON CONFLICT IGNORE, mail TEXT CHECK (mail LIKE '%@%'));
CREATE TABLE article (id INTEGER PRIMARY KEY, supplier_id INTEGER REFERENCES supplier, name TEXT NOT NULL, unit TEXT NOT NULL DEFAULT 'piece', minimum INTEGER DEFAULT 10, price DECIMAL(10,4));
CREATE TABLE stock (article_id INTEGER NOT NULL REFERENCES article, site_id INTEGER NOT NULL REFERENCES site, quantity INTEGER NOT NULL DEFAULT 0 CHECK (quantity >= 0), expires DATE, PRIMARY KEY (article_id, site_id)) WITHOUT ROWID;
CREATE TABLE stock_movement (id INTEGER PRIMARY KEY AUTOINCREMENT, article_id INTEGER NOT NULL, site_id INTEGER NOT NULL, delta INTEGER NOT NULL CHECK (delta <> 0), at DATETIME NOT NULL DEFAULT CURRENT_TIMESTAMP, FOREIGN KEY (article_id, site_id) REFERENCES stock (article_id, site_id));
CREATE TABLE purchase (id INTEGER PRIMARY KEY, supplier_id INTEGER NOT NULL REFERENCES supplier, ordered DATE NOT NULL, total DECIMAL(12, 2) DEFAULT 0 NOT NULL);
CREATE TABLE purchase_line (purchase_id INTEGER REFERENCES purchase ON DELETE CASCADE, line INTEGER, article_id INTEGER NOT NULL REFERENCES article, quantity INTEGER NOT NULL, price DECIMAL(10,4) NOT NULL, amount DECIMAL(14,4) AS (quantity * price), PRIMARY KEY (purchase_id, line));
CREATE TABLE bill (id INTEGER PRIMARY KEY AUTOINCREMENT, number TEXT NOT NULL UNIQUE, patient_id INTEGER NOT NULL REFERENCES patient, insurer_id INTEGER REFERENCES insurer, issued DATE NOT NULL DEFAULT CURRENT_DATE, due DATE, total DECIMAL(12,2) NOT NULL DEFAULT 0, paid BOOLEAN NOT NULL DEFAULT 0);
CREATE INDEX bill_unpaid ON bill (due) WHERE NOT paid;
CREATE TABLE bill_line (bill_id INTEGER NOT NULL REFERENCES bill ON DELETE CASCADE, line INTEGER NOT NULL, performed_id INTEGER REFERENCES performed, label TEXT NOT NULL, amount DECIMAL(10,2) NOT NULL, PRIMARY KEY (bill_id, line));
CREATE TABLE payment (id INTEGER PRIMARY KEY, bill_id INTEGER NOT NULL REFERENCES bill, amount DECIMAL(10,2) NOT NULL CHECK (amount > 0), at DATETIME DEFAULT CURRENT_TIMESTAMP, method TEXT DEFAULT 'transfer');
CREATE TABLE reminder (bill_id INTEGER NOT NULL REFERENCES bill, level INTEGER NOT NULL DEFAULT 1, sent DATE, PRIMARY KEY (bill_id, level));
CREATE TABLE message (id INTEGER PRIMARY KEY, from_id INTEGER REFERENCES staff, to_id INTEGER REFERENCES staff, subject TEXT, body TEXT NOT NULL, at DATETIME DEFAULT CURRENT_TIMESTAMP, read_at DATETIME);
CREATE INDEX message_unread ON message (to_id, at) WHERE read_at IS NULL;
CREATE TABLE todo (id INTEGER PRIMARY KEY, staff_id INTEGER REFERENCES staff, title TEXT NOT NULL, due DATE, done BOOLEAN DEFAULT FALSE);
CREATE TABLE role (name TEXT PRIMARY KEY, rights INTEGER NOT NULL DEFAULT 0x0f);
CREATE TABLE staff_role (staff_id INTEGER REFERENCES staff ON DELETE CASCADE, role TEXT REFERENCES role ON UPDATE CASCADE, PRIMARY KEY (staff_id, role));
CREATE TABLE login_attempt (id INTEGER PRIMARY KEY, login TEXT NOT NULL, at REAL DEFAULT (julianday('now')), ok BOOLEAN NOT NULL, address TEXT);
CREATE TABLE audit (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT DEFAULT CURRENT_TIMESTAMP, actor TEXT, "table" TEXT NOT NULL, row INTEGER, old JSON, new JSON);
CREATE TABLE setting (key TEXT PRIMARY KEY, value ANY, changed INTEGER DEFAULT (unixepoch())) STRICT;
CREATE TABLE sync_state (device TEXT NOT NULL, stream TEXT NOT NULL, position INT NOT NULL DEFAULT 0, token BLOB DEFAULT x'00ff', PRIMARY KEY (device, stream)) STRICT, WITHOUT ROWID;
CREATE TABLE "order" ("select" INTEGER PRIMARY KEY, "group by" TEXT DEFAULT "double quoted", [square] VARCHAR(10) DEFAULT 'a', `tick``s` INT, "Ümlaut" TEXT, CONSTRAINT "weird ""name""" CHECK ("select" > 0 AND [square] <> ''), UNIQUE ("group by", `tick``s`));
CREATE INDEX "odd index" ON "order" ("Ümlaut", "select" DESC);
CREATE TABLE untyped (a, b, c DEFAULT 1, PRIMARY KEY (a));
CREATE TABLE survey (id INTEGER PRIMARY KEY, patient_id INTEGER REFERENCES patient ON DELETE SET NULL, stars INTEGER CHECK (stars IN (1, 2, 3, 4, 5)), text TEXT COLLATE RTRIM);
CREATE TABLE calendar (day DATE PRIMARY KEY NOT NULL, holiday TEXT, weekday INTEGER AS (CAST(strftime('%w', day) AS INTEGER)) STORED) WITHOUT ROWID;
CREATE TABLE translation (language CHAR(2) NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (language, key) ON CONFLICT REPLACE);
CREATE VIRTUAL TABLE note_search USING fts5 (title, body, tokenize = 'porter');
CREATE VIRTUAL TABLE room_place USING rtree (id, min_x, max_x, min_y, max_y);
CREATE VIEW todays_appointment AS SELECT a.id, p.full_name, a.starts FROM appointment a JOIN patient p ON p.id = a.patient_id WHERE date(a.starts) = date('now');
CREATE VIEW open_bill (number, amount) AS SELECT number, total FROM bill WHERE NOT paid;
CREATE TRIGGER open_bill_insert INSTEAD OF INSERT ON open_bill BEGIN SELECT RAISE(ABORT, 'bills are written elsewhere'); END;
CREATE TRIGGER stock_moves AFTER INSERT ON stock_movement WHEN NEW.delta <> 0 BEGIN UPDATE stock SET quantity = quantity + NEW.delta WHERE article_id = NEW.article_id AND site_id = NEW.site_id; END;
