-- A help desk with customers, contracts, knowledge and time sheets, in the manner
-- of a real application on MySQL 8.0 or MariaDB 10.6: every kind of object that
-- their catalogues keep. What only one of the two has stands in /*! comments.

SET NAMES utf8mb4;

CREATE TABLE country (
  code char(2) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  name varchar(80) NOT NULL,
  currency char(3) CHARACTER SET ascii NOT NULL DEFAULT 'EUR',
  vat decimal(5,4) unsigned DEFAULT 0.1900 COMMENT 'as a fraction: 0.19 = 19 %',
  in_union tinyint(1) NOT NULL DEFAULT 0,
  UNIQUE KEY country_name (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='ISO 3166, "as is"';

CREATE TABLE language (id smallint unsigned NOT NULL AUTO_INCREMENT, code varchar(8) CHARACTER SET latin1 COLLATE latin1_general_cs NOT NULL, name varchar(60) NOT NULL, PRIMARY KEY (id), UNIQUE (code)) AUTO_INCREMENT=100;

CREATE TABLE organisation (
  id int unsigned NOT NULL AUTO_INCREMENT,
  parent_id int unsigned DEFAULT NULL,
  name varchar(190) NOT NULL,
  kind enum('customer','partner','supplier','it''s us','weiß') NOT NULL DEFAULT 'customer',
  flags set('vip','blocked','test','a b') DEFAULT 'vip,test',
  country_code char(2) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL,
  website varchar(255) DEFAULT NULL,
  founded year DEFAULT NULL,
  revenue decimal(16,2) DEFAULT NULL,
  rating float DEFAULT NULL,
  score double NOT NULL DEFAULT 1.5,
  notes text,
  created_at datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  updated_at timestamp NULL DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP,
  PRIMARY KEY (id),
  KEY organisation_name (name(40)),
  KEY organisation_kind (kind, country_code),
  FULLTEXT KEY organisation_text (name, notes),
  CONSTRAINT organisation_parent FOREIGN KEY (parent_id) REFERENCES organisation (id) ON DELETE SET NULL ON UPDATE CASCADE,
  CONSTRAINT organisation_country FOREIGN KEY (country_code) REFERENCES country (code),
  CONSTRAINT organisation_score CHECK (score between 0 and 10)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 ROW_FORMAT=DYNAMIC;

CREATE TABLE contact (
  id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
  organisation_id int unsigned NOT NULL,
  first_name varchar(80) NOT NULL DEFAULT '',
  last_name varchar(80) NOT NULL,
  full_name varchar(170) GENERATED ALWAYS AS (concat(first_name, ' ', last_name)) VIRTUAL,
  mail varchar(190) NOT NULL,
  mail_domain varchar(190) GENERATED ALWAYS AS (substring_index(mail, '@', -1)) STORED,
  phone varchar(40) DEFAULT NULL COMMENT 'with +49',
  birthday date DEFAULT NULL,
  photo mediumblob,
  settings json DEFAULT NULL,
  password_hash binary(32) DEFAULT NULL,
  last_seen datetime(3) DEFAULT NULL,
  active bit(1) NOT NULL DEFAULT b'1',
  UNIQUE KEY contact_mail (mail),
  KEY contact_domain (mail_domain, last_name DESC),
  KEY contact_name (full_name),
  CONSTRAINT contact_organisation FOREIGN KEY (organisation_id) REFERENCES organisation (id) ON DELETE CASCADE,
  CONSTRAINT contact_mail_form CHECK (mail like '%_@_%'),
  CHECK (char_length(last_name) > 0)
);
CREATE TABLE contact_tag (contact_id int unsigned NOT NULL, tag varchar(40) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, PRIMARY KEY (contact_id, tag), FOREIGN KEY (contact_id) REFERENCES contact (id) ON DELETE CASCADE);
CREATE TABLE address (id int unsigned NOT NULL AUTO_INCREMENT, organisation_id int unsigned NOT NULL, line1 varchar(120) NOT NULL, line2 varchar(120) NOT NULL DEFAULT '', postcode varchar(16) DEFAULT NULL, city varchar(80) NOT NULL, position point NOT NULL, PRIMARY KEY (id), SPATIAL KEY address_position (position), KEY (organisation_id, city), FOREIGN KEY (organisation_id) REFERENCES organisation (id));

CREATE TABLE team (id smallint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(60) NOT NULL UNIQUE, mail varchar(120) DEFAULT NULL, lead_id int unsigned DEFAULT NULL);
CREATE TABLE agent (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, team_id smallint unsigned DEFAULT NULL, login varchar(40) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL, name varchar(120) NOT NULL, hired date NOT NULL DEFAULT '2000-01-01', hourly_rate decimal(8,2) NOT NULL DEFAULT 0.00, working_from time DEFAULT '09:00:00', working_to time(2) DEFAULT NULL, signature text, UNIQUE KEY agent_login (login), CONSTRAINT agent_team FOREIGN KEY (team_id) REFERENCES team (id) ON DELETE SET NULL);
ALTER TABLE team ADD CONSTRAINT team_lead FOREIGN KEY (lead_id) REFERENCES agent (id) ON DELETE SET NULL;
CREATE TABLE agent_skill (agent_id int unsigned NOT NULL, skill varchar(40) NOT NULL, level tinyint unsigned NOT NULL DEFAULT 1, PRIMARY KEY (agent_id, skill), CONSTRAINT skill_agent FOREIGN KEY (agent_id) REFERENCES agent (id) ON DELETE CASCADE, CONSTRAINT skill_level CHECK (level >= 1 AND level <= 5));
CREATE TABLE absence (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, agent_id int unsigned NOT NULL, first_day date NOT NULL, last_day date NOT NULL, days int GENERATED ALWAYS AS (to_days(last_day) - to_days(first_day) + 1) VIRTUAL, reason enum('holiday','sick','other') DEFAULT NULL, KEY absence_days (agent_id, first_day), FOREIGN KEY (agent_id) REFERENCES agent (id), CONSTRAINT absence_order CHECK (last_day >= first_day));

CREATE TABLE contract (
  id int unsigned NOT NULL AUTO_INCREMENT,
  number varchar(20) NOT NULL,
  organisation_id int unsigned NOT NULL,
  starts date NOT NULL,
  ends date DEFAULT NULL,
  level_id tinyint unsigned NOT NULL,
  monthly decimal(10,2) NOT NULL DEFAULT 0.00,
  yearly decimal(12,2) GENERATED ALWAYS AS (monthly * 12) STORED /*!80013 NOT NULL */,
  terms longtext CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci,
  signed_at timestamp(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6) ON UPDATE CURRENT_TIMESTAMP(6),
  PRIMARY KEY (id),
  UNIQUE KEY contract_number (number),
  KEY contract_organisation (organisation_id, starts DESC),
  CONSTRAINT contract_dates CHECK (ends IS NULL OR ends > starts),
  CONSTRAINT contract_org FOREIGN KEY (organisation_id) REFERENCES organisation (id) ON DELETE RESTRICT
) COMMENT='what was promised';
CREATE TABLE service_level (id tinyint unsigned NOT NULL PRIMARY KEY, name varchar(40) NOT NULL, first_response int unsigned NOT NULL COMMENT 'minutes', resolution int unsigned DEFAULT NULL COMMENT 'minutes', weekend boolean NOT NULL DEFAULT false, UNIQUE KEY (name));
ALTER TABLE contract ADD CONSTRAINT contract_level FOREIGN KEY (level_id) REFERENCES service_level (id) ON UPDATE CASCADE;
CREATE TABLE contract_asset (contract_id int unsigned NOT NULL, asset_id bigint unsigned NOT NULL, since date DEFAULT (curdate()), PRIMARY KEY (contract_id, asset_id));
CREATE TABLE asset_type (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(60) NOT NULL, icon blob, UNIQUE KEY asset_type_name (name));
CREATE TABLE asset (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, type_id int NOT NULL, organisation_id int unsigned DEFAULT NULL, serial varchar(60) CHARACTER SET ascii COLLATE ascii_bin DEFAULT NULL, mac binary(6) DEFAULT NULL, bought date DEFAULT NULL, price decimal(10,2) DEFAULT NULL, details json DEFAULT (json_object()), warranty_months smallint unsigned NOT NULL DEFAULT 24, UNIQUE KEY asset_serial (type_id, serial), KEY asset_organisation (organisation_id), CONSTRAINT asset_type_fk FOREIGN KEY (type_id) REFERENCES asset_type (id), CONSTRAINT asset_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation (id) ON DELETE SET NULL);
ALTER TABLE contract_asset ADD FOREIGN KEY (contract_id) REFERENCES contract (id) ON DELETE CASCADE, ADD FOREIGN KEY (asset_id) REFERENCES asset (id) ON DELETE CASCADE;
CREATE TABLE asset_history (id bigint unsigned NOT NULL AUTO_INCREMENT, asset_id bigint unsigned NOT NULL, at datetime(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6), field varchar(64) NOT NULL, old_value varchar(255) DEFAULT NULL, new_value varchar(255) DEFAULT NULL, PRIMARY KEY (id), KEY asset_history_at (asset_id, at), CONSTRAINT history_asset FOREIGN KEY (asset_id) REFERENCES asset (id) ON DELETE CASCADE) ROW_FORMAT=COMPRESSED KEY_BLOCK_SIZE=8;

CREATE TABLE queue (id smallint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(60) NOT NULL, team_id smallint unsigned NOT NULL, mail varchar(120) NOT NULL, UNIQUE KEY queue_name (name), UNIQUE KEY queue_mail (mail), FOREIGN KEY (team_id) REFERENCES team (id));
CREATE TABLE ticket_state (id tinyint unsigned NOT NULL, name varchar(30) NOT NULL, closed tinyint(1) NOT NULL DEFAULT '0', position tinyint NOT NULL DEFAULT '0', PRIMARY KEY (id), UNIQUE KEY ticket_state_name (name));
CREATE TABLE ticket (
  id bigint unsigned NOT NULL AUTO_INCREMENT,
  number char(12) CHARACTER SET ascii NOT NULL,
  queue_id smallint unsigned NOT NULL,
  contact_id int unsigned DEFAULT NULL,
  organisation_id int unsigned DEFAULT NULL,
  contract_id int unsigned DEFAULT NULL,
  state_id tinyint unsigned NOT NULL DEFAULT 1,
  priority enum('low','normal','high','urgent') NOT NULL DEFAULT 'normal',
  subject varchar(255) NOT NULL,
  custom json DEFAULT NULL,
  created_at datetime NOT NULL DEFAULT CURRENT_TIMESTAMP,
  changed_at datetime NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,
  due_at datetime DEFAULT NULL,
  closed_at datetime DEFAULT NULL,
  seconds_open int GENERATED ALWAYS AS (timestampdiff(SECOND, created_at, closed_at)) VIRTUAL,
  is_open tinyint(1) GENERATED ALWAYS AS (if(closed_at is null, 1, 0)) STORED,
  PRIMARY KEY (id),
  UNIQUE KEY ticket_number (number),
  KEY ticket_queue (queue_id, state_id, priority DESC),
  KEY ticket_open (is_open, due_at),
  KEY ticket_subject (subject(20)),
  FULLTEXT KEY ticket_words (subject),
  CONSTRAINT ticket_queue_fk FOREIGN KEY (queue_id) REFERENCES queue (id),
  CONSTRAINT ticket_contact_fk FOREIGN KEY (contact_id) REFERENCES contact (id) ON DELETE SET NULL,
  CONSTRAINT ticket_organisation_fk FOREIGN KEY (organisation_id) REFERENCES organisation (id),
  CONSTRAINT ticket_contract_fk FOREIGN KEY (contract_id) REFERENCES contract (id) ON DELETE SET NULL,
  CONSTRAINT ticket_state_fk FOREIGN KEY (state_id) REFERENCES ticket_state (id) ON UPDATE CASCADE,
  CONSTRAINT ticket_closing CHECK (closed_at IS NULL OR closed_at >= created_at)
) AUTO_INCREMENT=100000;
CREATE TABLE ticket_article (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, ticket_id bigint unsigned NOT NULL, sender enum('contact','agent','system') NOT NULL, agent_id int unsigned DEFAULT NULL, message_id varchar(190) CHARACTER SET ascii DEFAULT NULL, body mediumtext NOT NULL, html longtext, internal tinyint(1) NOT NULL DEFAULT 0, at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3), UNIQUE KEY (message_id), KEY (ticket_id, at), FULLTEXT KEY article_words (body), FOREIGN KEY (ticket_id) REFERENCES ticket (id) ON DELETE CASCADE, FOREIGN KEY (agent_id) REFERENCES agent (id) ON DELETE SET NULL);
CREATE TABLE attachment (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, article_id bigint unsigned NOT NULL, name varchar(255) NOT NULL, mime varchar(100) CHARACTER SET ascii NOT NULL DEFAULT 'application/octet-stream', size bigint unsigned NOT NULL, digest varbinary(64) DEFAULT NULL, data longblob, KEY attachment_article (article_id), CONSTRAINT attachment_article_fk FOREIGN KEY (article_id) REFERENCES ticket_article (id) ON DELETE CASCADE);
CREATE TABLE ticket_watcher (ticket_id bigint unsigned NOT NULL, agent_id int unsigned NOT NULL, PRIMARY KEY (ticket_id, agent_id), CONSTRAINT watcher_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id) ON DELETE CASCADE, CONSTRAINT watcher_agent FOREIGN KEY (agent_id) REFERENCES agent (id) ON DELETE CASCADE);
CREATE TABLE ticket_link (from_id bigint unsigned NOT NULL, to_id bigint unsigned NOT NULL, kind enum('parent','duplicate','related') NOT NULL DEFAULT 'related', PRIMARY KEY (from_id, to_id, kind), KEY ticket_link_to (to_id), CONSTRAINT link_from FOREIGN KEY (from_id) REFERENCES ticket (id) ON DELETE CASCADE, CONSTRAINT link_to FOREIGN KEY (to_id) REFERENCES ticket (id) ON DELETE CASCADE, CONSTRAINT link_kind CHECK (kind <> 'duplicate' OR to_id > 0));
CREATE TABLE ticket_tag (ticket_id bigint unsigned NOT NULL, tag varchar(40) NOT NULL, PRIMARY KEY (ticket_id, tag), KEY ticket_tag_tag (tag), CONSTRAINT tag_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id) ON DELETE CASCADE);
CREATE TABLE ticket_history (id bigint unsigned NOT NULL AUTO_INCREMENT, ticket_id bigint unsigned NOT NULL, at datetime NOT NULL DEFAULT CURRENT_TIMESTAMP, what varchar(40) NOT NULL, payload json DEFAULT NULL, PRIMARY KEY (id, at), KEY history_ticket (ticket_id)) PARTITION BY RANGE COLUMNS (at) (PARTITION p2025 VALUES LESS THAN ('2026-01-01'), PARTITION p2026 VALUES LESS THAN ('2027-01-01'), PARTITION rest VALUES LESS THAN (MAXVALUE));
CREATE TABLE escalation (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, ticket_id bigint unsigned NOT NULL, kind tinyint NOT NULL, due datetime NOT NULL, done tinyint(1) DEFAULT 0, UNIQUE KEY escalation_once (ticket_id, kind), CONSTRAINT escalation_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id) ON DELETE CASCADE);
CREATE TABLE time_entry (id bigint NOT NULL AUTO_INCREMENT PRIMARY KEY, ticket_id bigint unsigned NOT NULL, agent_id int unsigned NOT NULL, day date NOT NULL, minutes smallint unsigned NOT NULL, hours decimal(6,2) GENERATED ALWAYS AS (round(minutes / 60, 2)) STORED, billable tinyint(1) NOT NULL DEFAULT 1, note varchar(255) NOT NULL DEFAULT '', KEY time_agent (agent_id, day), CONSTRAINT time_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id), CONSTRAINT time_agent_fk FOREIGN KEY (agent_id) REFERENCES agent (id), CONSTRAINT time_positive CHECK (minutes > 0));
CREATE TABLE invoice (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, number int unsigned NOT NULL, organisation_id int unsigned NOT NULL, issued date NOT NULL, total decimal(12,2) NOT NULL DEFAULT 0.00, paid tinyint(1) NOT NULL DEFAULT 0, UNIQUE KEY invoice_number (number), CONSTRAINT invoice_organisation FOREIGN KEY (organisation_id) REFERENCES organisation (id));
CREATE TABLE invoice_line (invoice_id int unsigned NOT NULL, line smallint unsigned NOT NULL, label varchar(200) NOT NULL, quantity decimal(10,3) NOT NULL DEFAULT 1.000, price decimal(10,2) NOT NULL, amount decimal(14,2) GENERATED ALWAYS AS (quantity * price) VIRTUAL, time_entry_id bigint DEFAULT NULL, PRIMARY KEY (invoice_id, line), CONSTRAINT line_invoice FOREIGN KEY (invoice_id) REFERENCES invoice (id) ON DELETE CASCADE, CONSTRAINT line_time FOREIGN KEY (time_entry_id) REFERENCES time_entry (id) ON DELETE SET NULL);
CREATE TABLE payment (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, invoice_id int unsigned NOT NULL, amount decimal(12,2) NOT NULL, paid_on date NOT NULL, method enum('transfer','card','cash') NOT NULL DEFAULT 'transfer', reference varchar(140) DEFAULT NULL, KEY payment_invoice (invoice_id), CONSTRAINT payment_invoice_fk FOREIGN KEY (invoice_id) REFERENCES invoice (id));

CREATE TABLE kb_category (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, parent_id int unsigned DEFAULT NULL, position int NOT NULL DEFAULT 0, slug varchar(80) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, UNIQUE KEY kb_category_slug (slug), KEY kb_category_parent (parent_id, position), CONSTRAINT kb_category_parent_fk FOREIGN KEY (parent_id) REFERENCES kb_category (id) ON DELETE CASCADE);
CREATE TABLE kb_article (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, category_id int unsigned NOT NULL, author_id int unsigned DEFAULT NULL, slug varchar(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, state enum('draft','published','archived') NOT NULL DEFAULT 'draft', published_at datetime DEFAULT NULL, views int unsigned NOT NULL DEFAULT 0, UNIQUE KEY kb_article_slug (category_id, slug), CONSTRAINT kb_article_category FOREIGN KEY (category_id) REFERENCES kb_category (id), CONSTRAINT kb_article_author FOREIGN KEY (author_id) REFERENCES agent (id) ON DELETE SET NULL);
CREATE TABLE kb_text (article_id int unsigned NOT NULL, language_id smallint unsigned NOT NULL, title varchar(200) NOT NULL, body mediumtext NOT NULL, PRIMARY KEY (article_id, language_id), FULLTEXT KEY kb_title (title), FULLTEXT KEY kb_body (title, body), CONSTRAINT kb_text_article FOREIGN KEY (article_id) REFERENCES kb_article (id) ON DELETE CASCADE, CONSTRAINT kb_text_language FOREIGN KEY (language_id) REFERENCES language (id));
CREATE TABLE kb_vote (article_id int unsigned NOT NULL, contact_id int unsigned NOT NULL, helpful tinyint(1) NOT NULL, PRIMARY KEY (article_id, contact_id), CONSTRAINT kb_vote_article FOREIGN KEY (article_id) REFERENCES kb_article (id) ON DELETE CASCADE, CONSTRAINT kb_vote_contact FOREIGN KEY (contact_id) REFERENCES contact (id) ON DELETE CASCADE);
CREATE TABLE kb_attachment (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, article_id int unsigned NOT NULL, name varchar(200) NOT NULL, data longblob NOT NULL, CONSTRAINT kb_attachment_article FOREIGN KEY (article_id) REFERENCES kb_article (id) ON DELETE CASCADE);
CREATE TABLE macro (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(80) NOT NULL, body text NOT NULL, used int unsigned NOT NULL DEFAULT 0);
CREATE TABLE sla_calendar (id smallint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(60) NOT NULL, zone varchar(64) CHARACTER SET ascii NOT NULL DEFAULT 'Europe/Berlin');
CREATE TABLE sla_hours (calendar_id smallint unsigned NOT NULL, weekday tinyint unsigned NOT NULL, opens time NOT NULL, closes time NOT NULL, PRIMARY KEY (calendar_id, weekday, opens), CONSTRAINT hours_calendar FOREIGN KEY (calendar_id) REFERENCES sla_calendar (id) ON DELETE CASCADE, CONSTRAINT hours_weekday CHECK (weekday < 7), CONSTRAINT hours_order CHECK (closes > opens));
CREATE TABLE sla_holiday (calendar_id smallint unsigned NOT NULL, day date NOT NULL, name varchar(80) DEFAULT NULL, PRIMARY KEY (calendar_id, day), CONSTRAINT holiday_calendar FOREIGN KEY (calendar_id) REFERENCES sla_calendar (id) ON DELETE CASCADE);
CREATE TABLE survey (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, ticket_id bigint unsigned NOT NULL UNIQUE, sent_at datetime NOT NULL, stars tinyint DEFAULT NULL, comment text, CONSTRAINT survey_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id) ON DELETE CASCADE, CONSTRAINT survey_stars CHECK (stars IN (1, 2, 3, 4, 5)));
CREATE TABLE chat (id binary(16) NOT NULL PRIMARY KEY, contact_id int unsigned DEFAULT NULL, agent_id int unsigned DEFAULT NULL, started datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3), ended datetime(3) DEFAULT NULL, KEY chat_contact (contact_id), CONSTRAINT chat_contact_fk FOREIGN KEY (contact_id) REFERENCES contact (id) ON DELETE SET NULL, CONSTRAINT chat_agent_fk FOREIGN KEY (agent_id) REFERENCES agent (id));
CREATE TABLE chat_line (chat_id binary(16) NOT NULL, line int unsigned NOT NULL, at datetime(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3), text varchar(2000) NOT NULL, PRIMARY KEY (chat_id, line), CONSTRAINT chat_line_chat FOREIGN KEY (chat_id) REFERENCES chat (id) ON DELETE CASCADE);
CREATE TABLE phone_call (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, caller varchar(40) NOT NULL, agent_id int unsigned DEFAULT NULL, ticket_id bigint unsigned DEFAULT NULL, started timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, seconds mediumint unsigned NOT NULL DEFAULT 0, KEY call_caller (caller), CONSTRAINT call_agent FOREIGN KEY (agent_id) REFERENCES agent (id), CONSTRAINT call_ticket FOREIGN KEY (ticket_id) REFERENCES ticket (id));
CREATE TABLE project (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, organisation_id int unsigned NOT NULL, name varchar(120) NOT NULL, budget decimal(12,2) DEFAULT NULL, UNIQUE KEY project_name (organisation_id, name), CONSTRAINT project_organisation FOREIGN KEY (organisation_id) REFERENCES organisation (id));
CREATE TABLE milestone (project_id int unsigned NOT NULL, number smallint NOT NULL, title varchar(120) NOT NULL, due date DEFAULT NULL, PRIMARY KEY (project_id, number), CONSTRAINT milestone_project FOREIGN KEY (project_id) REFERENCES project (id) ON DELETE CASCADE);
CREATE TABLE task (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, project_id int unsigned NOT NULL, milestone smallint DEFAULT NULL, title varchar(200) NOT NULL, done tinyint(1) NOT NULL DEFAULT 0, estimate decimal(6,2) DEFAULT NULL, KEY task_milestone (project_id, milestone), CONSTRAINT task_milestone_fk FOREIGN KEY (project_id, milestone) REFERENCES milestone (project_id, number));
CREATE TABLE task_dependency (task_id bigint unsigned NOT NULL, needs_id bigint unsigned NOT NULL, PRIMARY KEY (task_id, needs_id), CONSTRAINT dependency_task FOREIGN KEY (task_id) REFERENCES task (id) ON DELETE CASCADE, CONSTRAINT dependency_needs FOREIGN KEY (needs_id) REFERENCES task (id));
CREATE TABLE role (name varchar(30) NOT NULL PRIMARY KEY, description varchar(200) DEFAULT NULL);
CREATE TABLE permission (role varchar(30) NOT NULL, object varchar(60) NOT NULL, verbs set('read','create','change','delete') NOT NULL DEFAULT 'read', PRIMARY KEY (role, object), CONSTRAINT permission_role FOREIGN KEY (role) REFERENCES role (name) ON DELETE CASCADE ON UPDATE CASCADE);
CREATE TABLE agent_role (agent_id int unsigned NOT NULL, role varchar(30) NOT NULL, PRIMARY KEY (agent_id, role), CONSTRAINT agent_role_agent FOREIGN KEY (agent_id) REFERENCES agent (id) ON DELETE CASCADE, CONSTRAINT agent_role_role FOREIGN KEY (role) REFERENCES role (name) ON UPDATE CASCADE);
CREATE TABLE api_token (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, agent_id int unsigned NOT NULL, token varchar(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL, expires timestamp NULL DEFAULT NULL, UNIQUE KEY api_token_token (token), CONSTRAINT token_agent FOREIGN KEY (agent_id) REFERENCES agent (id) ON DELETE CASCADE);
CREATE TABLE session (id varchar(64) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL, data varbinary(2000) DEFAULT NULL, seen int unsigned NOT NULL, PRIMARY KEY (id), KEY session_seen (seen) USING BTREE) ENGINE=MEMORY DEFAULT CHARSET=latin1;
CREATE TABLE old_log (id int NOT NULL AUTO_INCREMENT, source varchar(30) NOT NULL, line int NOT NULL, text varchar(500) DEFAULT NULL, PRIMARY KEY (id), KEY old_log_source (source, line)) ENGINE=MyISAM DEFAULT CHARSET=latin1 PACK_KEYS=1 CHECKSUM=1 DELAY_KEY_WRITE=1;
CREATE TABLE setting (name varchar(80) NOT NULL PRIMARY KEY, value json NOT NULL, changed timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)) STATS_PERSISTENT=1 STATS_SAMPLE_PAGES=30;
CREATE TABLE mail_account (id smallint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, queue_id smallint unsigned NOT NULL, host varchar(120) NOT NULL DEFAULT 'mail.example.org', port smallint unsigned NOT NULL DEFAULT 993, secret varbinary(255) DEFAULT NULL, CONSTRAINT mail_queue FOREIGN KEY (queue_id) REFERENCES queue (id), CONSTRAINT mail_port CHECK (port <> 0));
CREATE TABLE webhook (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, url varchar(500) NOT NULL, events set('created','changed','closed') NOT NULL, active tinyint(1) NOT NULL DEFAULT 1, secret char(40) CHARACTER SET ascii DEFAULT NULL);
CREATE TABLE webhook_delivery (id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, webhook_id int unsigned NOT NULL, status smallint DEFAULT NULL, body mediumtext, at timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP, KEY webhook_at (webhook_id, at), CONSTRAINT delivery_webhook FOREIGN KEY (webhook_id) REFERENCES webhook (id) ON DELETE CASCADE);
CREATE TABLE `order` (`select` int NOT NULL PRIMARY KEY, `group by` varchar(40) NOT NULL DEFAULT 'it''s "quoted"' COMMENT 'a `name` with a \\ and a ''', `Ümlaut` varchar(10) DEFAULT NULL, `per``cent%` int GENERATED ALWAYS AS (`select` % 100) VIRTUAL, KEY `odd index` (`group by`, `Ümlaut`), CONSTRAINT `weird "name"` CHECK (`select` > 0));
CREATE TABLE news (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, title varchar(200) NOT NULL, body text, shown_from date NOT NULL DEFAULT '2026-01-01', shown_to date DEFAULT NULL, KEY news_shown (shown_from, shown_to));
CREATE TABLE news_read (news_id int unsigned NOT NULL, agent_id int unsigned NOT NULL, at datetime NOT NULL DEFAULT CURRENT_TIMESTAMP, PRIMARY KEY (news_id, agent_id), CONSTRAINT read_news FOREIGN KEY (news_id) REFERENCES news (id) ON DELETE CASCADE, CONSTRAINT read_agent FOREIGN KEY (agent_id) REFERENCES agent (id) ON DELETE CASCADE);
CREATE TABLE saved_search (id int unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY, agent_id int unsigned NOT NULL, name varchar(80) NOT NULL, query json NOT NULL, UNIQUE KEY saved_search_name (agent_id, name), CONSTRAINT search_agent FOREIGN KEY (agent_id) REFERENCES agent (id) ON DELETE CASCADE);
CREATE TABLE measurement (sensor int NOT NULL, at datetime NOT NULL, value double DEFAULT NULL, PRIMARY KEY (sensor, at)) PARTITION BY HASH (sensor) PARTITIONS 4;
/*!80013 CREATE TABLE functional (id int NOT NULL AUTO_INCREMENT PRIMARY KEY, name varchar(80) NOT NULL, doc json DEFAULT NULL, place point SRID 4326 NOT NULL, hidden int DEFAULT 7 INVISIBLE, KEY by_lower ((lower(name))), KEY by_doc ((cast(json_value(doc, '$.size') as unsigned)) DESC), KEY unseen (name) INVISIBLE, SPATIAL KEY by_place (place), CONSTRAINT later CHECK (name <> 'x') NOT ENFORCED) */;
/*M!100607 CREATE TABLE price_list (product int NOT NULL, price decimal(10,2) NOT NULL, note varchar(40) DEFAULT NULL, key_uuid uuid DEFAULT uuid(), address inet6 DEFAULT NULL, hidden int DEFAULT 7 INVISIBLE, PRIMARY KEY (product), KEY unseen (note) IGNORED) WITH SYSTEM VERSIONING */;
/*M!100607 CREATE TABLE booking (room int NOT NULL, valid_from date NOT NULL, valid_to date NOT NULL, guest varchar(40) DEFAULT NULL, PERIOD FOR stay (valid_from, valid_to), UNIQUE KEY booking_once (room, stay WITHOUT OVERLAPS)) */;
/*M!100607 CREATE SEQUENCE ticket_numbers START WITH 1000 INCREMENT BY 5 MINVALUE 1000 MAXVALUE 999999 CACHE 10 CYCLE */;

CREATE VIEW open_ticket AS SELECT t.id, t.number, t.subject, q.name AS queue FROM ticket t JOIN queue q ON q.id = t.queue_id WHERE t.closed_at IS NULL;
CREATE ALGORITHM=MERGE SQL SECURITY INVOKER VIEW german AS SELECT id, name FROM organisation WHERE country_code = 'DE' WITH CASCADED CHECK OPTION;
CREATE TRIGGER ticket_number BEFORE INSERT ON ticket FOR EACH ROW SET NEW.subject = TRIM(NEW.subject);
CREATE TRIGGER asset_changes AFTER UPDATE ON asset FOR EACH ROW INSERT INTO asset_history (asset_id, field) VALUES (NEW.id, 'any');
CREATE FUNCTION business_minutes(a datetime, b datetime) RETURNS int DETERMINISTIC RETURN TIMESTAMPDIFF(MINUTE, a, b);
CREATE PROCEDURE close_old(IN days int) UPDATE ticket SET closed_at = NOW() WHERE changed_at < NOW() - INTERVAL days DAY;
CREATE EVENT purge_sessions ON SCHEDULE EVERY 1 HOUR DO DELETE FROM session WHERE seen < UNIX_TIMESTAMP() - 86400;
