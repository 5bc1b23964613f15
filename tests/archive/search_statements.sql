-- newest studies: 1, sqlite
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = ? ORDER BY study.study_date DESC, study.study_time DESC, study.id DESC
 LIMIT ? OFFSET ?) AS page JOIN study ON study.id = page.id
WHERE study.org_id = ? ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- newest studies: 1, postgresql
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT ORDER BY study.study_date DESC, study.study_time DESC, study.id DESC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN study ON study.id = page.id
WHERE study.org_id = %(org_id_2)s::BIGINT ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- newest studies, counted: 1, sqlite
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = ? ORDER BY study.study_date DESC, study.study_time DESC, study.id DESC
 LIMIT ? OFFSET ?) AS page JOIN study ON study.id = page.id
WHERE study.org_id = ? ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- newest studies, counted: 1, postgresql
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT ORDER BY study.study_date DESC, study.study_time DESC, study.id DESC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN study ON study.id = page.id
WHERE study.org_id = %(org_id_2)s::BIGINT ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- newest studies, counted: 2, sqlite
SELECT count(*) AS count_1
FROM (SELECT 1
FROM study
WHERE study.org_id = ? ORDER BY study.study_date, study.study_time, study.id
 LIMIT ? OFFSET ?) AS matching
-- newest studies, counted: 2, postgresql
SELECT count(*) AS count_1
FROM (SELECT 1
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT ORDER BY study.study_date, study.study_time, study.id
 LIMIT %(param_1)s::INTEGER) AS matching
-- date range: 1, sqlite
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = ? AND study.study_date >= ? AND study.study_date <= ? ORDER BY study.study_date DESC, study.study_time DESC, study.id DESC
 LIMIT ? OFFSET ?) AS page JOIN study ON study.id = page.id
WHERE study.org_id = ? ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- date range: 1, postgresql
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.study_date >= %(c0_low)s::VARCHAR COLLATE "C" AND study.study_date <= %(c0_high)s::VARCHAR COLLATE "C" ORDER BY study.study_date DESC, study.study_time DESC, study.id DESC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN study ON study.id = page.id
WHERE study.org_id = %(org_id_2)s::BIGINT ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- deep page of a date range: 1, sqlite
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = ? AND study.study_date >= ? AND study.study_date <= ? ORDER BY study.study_date DESC, study.study_time DESC, study.id DESC
 LIMIT ? OFFSET ?) AS page JOIN study ON study.id = page.id
WHERE study.org_id = ? ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- deep page of a date range: 1, postgresql
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.study_date >= %(c0_low)s::VARCHAR COLLATE "C" AND study.study_date <= %(c0_high)s::VARCHAR COLLATE "C" ORDER BY study.study_date DESC, study.study_time DESC, study.id DESC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN study ON study.id = page.id
WHERE study.org_id = %(org_id_2)s::BIGINT ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- selective name: 1, sqlite
SELECT count(*) AS count_1
FROM (SELECT 1
FROM study
WHERE study.org_id = ? AND study.patient_name_key >= ? AND study.patient_name_key < ?
 LIMIT ? OFFSET ?) AS matching
-- selective name: 1, postgresql
SELECT count(*) AS count_1
FROM (SELECT 1
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.patient_name_key >= %(c0_low)s::VARCHAR COLLATE "C" AND study.patient_name_key < %(c0_high)s::VARCHAR COLLATE "C"
 LIMIT %(stop)s) AS matching
-- selective name: 2, sqlite
WITH matched AS MATERIALIZED
(SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = ? AND study.patient_name_key >= ? AND study.patient_name_key < ?)
 SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT matched.study_date AS study_date, matched.study_time AS study_time, matched.id AS id
FROM matched ORDER BY matched.study_date DESC, matched.study_time DESC, matched.id DESC
 LIMIT ? OFFSET ?) AS page JOIN study ON study.id = page.id
WHERE study.org_id = ? ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- selective name: 2, postgresql
WITH matched AS MATERIALIZED
(SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.patient_name_key >= %(c0_low)s::VARCHAR COLLATE "C" AND study.patient_name_key < %(c0_high)s::VARCHAR COLLATE "C")
 SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT matched.study_date AS study_date, matched.study_time AS study_time, matched.id AS id
FROM matched ORDER BY matched.study_date DESC, matched.study_time DESC, matched.id DESC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN study ON study.id = page.id
WHERE study.org_id = %(org_id_2)s::BIGINT ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- unselective name by date: 1, sqlite
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = ? AND (+study.patient_name_key GLOB ? = 1 OR +study.patient_name_key GLOB ? = 1) ORDER BY study.study_date DESC, study.study_time DESC, study.id DESC
 LIMIT ? OFFSET ?) AS page JOIN study ON study.id = page.id
WHERE study.org_id = ? ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- unselective name by date: 1, postgresql
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND (study.patient_name_key LIKE %(c0)s ESCAPE '\' OR study.patient_name_key LIKE %(c0_more)s ESCAPE '\') ORDER BY study.study_date DESC, study.study_time DESC, study.id DESC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN study ON study.id = page.id
WHERE study.org_id = %(org_id_2)s::BIGINT ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- prefix by date: 1, sqlite
SELECT count(*) AS count_1
FROM (SELECT 1
FROM study
WHERE study.org_id = ? AND study.patient_name_key >= ? AND study.patient_name_key < ?
 LIMIT ? OFFSET ?) AS matching
-- prefix by date: 1, postgresql
SELECT count(*) AS count_1
FROM (SELECT 1
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.patient_name_key >= %(c0_low)s::VARCHAR COLLATE "C" AND study.patient_name_key < %(c0_high)s::VARCHAR COLLATE "C"
 LIMIT %(stop)s) AS matching
-- prefix by date: 2, sqlite
WITH matched AS MATERIALIZED
(SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = ? AND study.patient_name_key >= ? AND study.patient_name_key < ?)
 SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT matched.study_date AS study_date, matched.study_time AS study_time, matched.id AS id
FROM matched ORDER BY matched.study_date DESC, matched.study_time DESC, matched.id DESC
 LIMIT ? OFFSET ?) AS page JOIN study ON study.id = page.id
WHERE study.org_id = ? ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- prefix by date: 2, postgresql
WITH matched AS MATERIALIZED
(SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.patient_name_key >= %(c0_low)s::VARCHAR COLLATE "C" AND study.patient_name_key < %(c0_high)s::VARCHAR COLLATE "C")
 SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT matched.study_date AS study_date, matched.study_time AS study_time, matched.id AS id
FROM matched ORDER BY matched.study_date DESC, matched.study_time DESC, matched.id DESC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN study ON study.id = page.id
WHERE study.org_id = %(org_id_2)s::BIGINT ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- name in name order: 1, sqlite
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.patient_name_key AS patient_name_key, study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = ? AND study.patient_name_key >= ? AND study.patient_name_key < ? ORDER BY study.patient_name_key ASC, study.study_date ASC, study.study_time ASC, study.id ASC
 LIMIT ? OFFSET ?) AS page JOIN study ON study.id = page.id
WHERE study.org_id = ? ORDER BY page.patient_name_key ASC, page.study_date ASC, page.study_time ASC, page.id ASC
-- name in name order: 1, postgresql
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.patient_name_key AS patient_name_key, study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.patient_name_key >= %(c0_low)s::VARCHAR COLLATE "C" AND study.patient_name_key < %(c0_high)s::VARCHAR COLLATE "C" ORDER BY study.patient_name_key ASC, study.study_date ASC, study.study_time ASC, study.id ASC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN study ON study.id = page.id
WHERE study.org_id = %(org_id_2)s::BIGINT ORDER BY page.patient_name_key ASC, page.study_date ASC, page.study_time ASC, page.id ASC
-- patient id: 1, sqlite
SELECT count(*) AS count_1
FROM (SELECT 1
FROM study
WHERE study.org_id = ? AND study.patient_id = ?
 LIMIT ? OFFSET ?) AS matching
-- patient id: 1, postgresql
SELECT count(*) AS count_1
FROM (SELECT 1
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.patient_id = %(c0)s::VARCHAR COLLATE "C"
 LIMIT %(stop)s) AS matching
-- patient id: 2, sqlite
WITH matched AS MATERIALIZED
(SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = ? AND study.patient_id = ?)
 SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT matched.study_date AS study_date, matched.study_time AS study_time, matched.id AS id
FROM matched ORDER BY matched.study_date DESC, matched.study_time DESC, matched.id DESC
 LIMIT ? OFFSET ?) AS page JOIN study ON study.id = page.id
WHERE study.org_id = ? ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- patient id: 2, postgresql
WITH matched AS MATERIALIZED
(SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.patient_id = %(c0)s::VARCHAR COLLATE "C")
 SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT matched.study_date AS study_date, matched.study_time AS study_time, matched.id AS id
FROM matched ORDER BY matched.study_date DESC, matched.study_time DESC, matched.id DESC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN study ON study.id = page.id
WHERE study.org_id = %(org_id_2)s::BIGINT ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- accession: 1, sqlite
SELECT count(*) AS count_1
FROM (SELECT 1
FROM study
WHERE study.org_id = ? AND study.accession_number = ?
 LIMIT ? OFFSET ?) AS matching
-- accession: 1, postgresql
SELECT count(*) AS count_1
FROM (SELECT 1
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.accession_number = %(c0)s::VARCHAR COLLATE "C"
 LIMIT %(stop)s) AS matching
-- accession: 2, sqlite
WITH matched AS MATERIALIZED
(SELECT study.patient_name_key AS patient_name_key, study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = ? AND study.accession_number = ?)
 SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT matched.patient_name_key AS patient_name_key, matched.study_date AS study_date, matched.study_time AS study_time, matched.id AS id
FROM matched ORDER BY matched.patient_name_key DESC, matched.study_date DESC, matched.study_time DESC, matched.id DESC
 LIMIT ? OFFSET ?) AS page JOIN study ON study.id = page.id
WHERE study.org_id = ? ORDER BY page.patient_name_key DESC, page.study_date DESC, page.study_time DESC, page.id DESC
-- accession: 2, postgresql
WITH matched AS MATERIALIZED
(SELECT study.patient_name_key AS patient_name_key, study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.accession_number = %(c0)s::VARCHAR COLLATE "C")
 SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT matched.patient_name_key AS patient_name_key, matched.study_date AS study_date, matched.study_time AS study_time, matched.id AS id
FROM matched ORDER BY matched.patient_name_key DESC, matched.study_date DESC, matched.study_time DESC, matched.id DESC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN study ON study.id = page.id
WHERE study.org_id = %(org_id_2)s::BIGINT ORDER BY page.patient_name_key DESC, page.study_date DESC, page.study_time DESC, page.id DESC
-- study uids: 1, sqlite
WITH matched AS MATERIALIZED
(SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = ? AND study.study_instance_uid IN (__[POSTCOMPILE_c0]))
 SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT matched.study_date AS study_date, matched.study_time AS study_time, matched.id AS id
FROM matched ORDER BY matched.study_date DESC, matched.study_time DESC, matched.id DESC
 LIMIT ? OFFSET ?) AS page JOIN study ON study.id = page.id
WHERE study.org_id = ? ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- study uids: 1, postgresql
WITH matched AS MATERIALIZED
(SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.study_instance_uid IN (__[POSTCOMPILE_c0]))
 SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT matched.study_date AS study_date, matched.study_time AS study_time, matched.id AS id
FROM matched ORDER BY matched.study_date DESC, matched.study_time DESC, matched.id DESC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN study ON study.id = page.id
WHERE study.org_id = %(org_id_2)s::BIGINT ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- rare modality: 1, sqlite
SELECT count(*) AS count_1
FROM (SELECT DISTINCT series.study AS study
FROM series
WHERE series.org_id = ? AND series.modality = ?
 LIMIT ? OFFSET ?) AS matching
-- rare modality: 1, postgresql
SELECT count(*) AS count_1
FROM (SELECT DISTINCT series.study AS study
FROM series
WHERE series.org_id = %(org_id_1)s::BIGINT AND series.modality = %(c0)s::VARCHAR COLLATE "C"
 LIMIT %(stop)s) AS matching
-- rare modality: 2, sqlite
WITH found_by_series AS MATERIALIZED
(SELECT DISTINCT series.study AS study
FROM series
WHERE series.org_id = ? AND series.modality = ?),
matched AS MATERIALIZED
(SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study JOIN found_by_series ON found_by_series.study = study.id
WHERE study.org_id = ?)
 SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT matched.study_date AS study_date, matched.study_time AS study_time, matched.id AS id
FROM matched ORDER BY matched.study_date DESC, matched.study_time DESC, matched.id DESC
 LIMIT ? OFFSET ?) AS page JOIN study ON study.id = page.id
WHERE study.org_id = ? ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- rare modality: 2, postgresql
WITH found_by_series AS MATERIALIZED
(SELECT DISTINCT series.study AS study
FROM series
WHERE series.org_id = %(driver_org)s::BIGINT AND series.modality = %(driver)s::VARCHAR COLLATE "C"),
matched AS MATERIALIZED
(SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study JOIN found_by_series ON found_by_series.study = study.id
WHERE study.org_id = %(org_id_1)s::BIGINT)
 SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT matched.study_date AS study_date, matched.study_time AS study_time, matched.id AS id
FROM matched ORDER BY matched.study_date DESC, matched.study_time DESC, matched.id DESC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN study ON study.id = page.id
WHERE study.org_id = %(org_id_2)s::BIGINT ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- common modality: 1, sqlite
SELECT count(*) AS count_1
FROM (SELECT DISTINCT series.study AS study
FROM series
WHERE series.org_id = ? AND series.modality = ?
 LIMIT ? OFFSET ?) AS matching
-- common modality: 1, postgresql
SELECT count(*) AS count_1
FROM (SELECT DISTINCT series.study AS study
FROM series
WHERE series.org_id = %(org_id_1)s::BIGINT AND series.modality = %(c0)s::VARCHAR COLLATE "C"
 LIMIT %(stop)s) AS matching
-- common modality: 2, sqlite
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = ? AND instr('\' || +study.modalities || '\', '\' || ? || '\') > 0 = 1 ORDER BY study.study_date DESC, study.study_time DESC, study.id DESC
 LIMIT ? OFFSET ?) AS page JOIN study ON study.id = page.id
WHERE study.org_id = ? ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- common modality: 2, postgresql
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND %(c0)s = ANY (string_to_array(study.modalities, '\')) ORDER BY study.study_date DESC, study.study_time DESC, study.id DESC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN study ON study.id = page.id
WHERE study.org_id = %(org_id_2)s::BIGINT ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- referring physician: 1, sqlite
SELECT count(*) AS count_1
FROM (SELECT 1
FROM study
WHERE study.org_id = ? AND study.referring_key >= ? AND study.referring_key < ?
 LIMIT ? OFFSET ?) AS matching
-- referring physician: 1, postgresql
SELECT count(*) AS count_1
FROM (SELECT 1
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.referring_key >= %(c0_low)s::VARCHAR COLLATE "C" AND study.referring_key < %(c0_high)s::VARCHAR COLLATE "C"
 LIMIT %(stop)s) AS matching
-- referring physician: 2, sqlite
WITH matched AS MATERIALIZED
(SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = ? AND study.referring_key >= ? AND study.referring_key < ?)
 SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT matched.study_date AS study_date, matched.study_time AS study_time, matched.id AS id
FROM matched ORDER BY matched.study_date DESC, matched.study_time DESC, matched.id DESC
 LIMIT ? OFFSET ?) AS page JOIN study ON study.id = page.id
WHERE study.org_id = ? ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- referring physician: 2, postgresql
WITH matched AS MATERIALIZED
(SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.referring_key >= %(c0_low)s::VARCHAR COLLATE "C" AND study.referring_key < %(c0_high)s::VARCHAR COLLATE "C")
 SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT matched.study_date AS study_date, matched.study_time AS study_time, matched.id AS id
FROM matched ORDER BY matched.study_date DESC, matched.study_time DESC, matched.id DESC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN study ON study.id = page.id
WHERE study.org_id = %(org_id_2)s::BIGINT ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- arriving: 1, sqlite
SELECT count(*) AS count_1
FROM (SELECT 1
FROM study
WHERE study.org_id = ? AND study.settled_at IS NULL
 LIMIT ? OFFSET ?) AS matching
-- arriving: 1, postgresql
SELECT count(*) AS count_1
FROM (SELECT 1
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.settled_at IS NULL
 LIMIT %(stop)s) AS matching
-- arriving: 2, sqlite
WITH matched AS MATERIALIZED
(SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = ? AND study.settled_at IS NULL)
 SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT matched.study_date AS study_date, matched.study_time AS study_time, matched.id AS id
FROM matched ORDER BY matched.study_date DESC, matched.study_time DESC, matched.id DESC
 LIMIT ? OFFSET ?) AS page JOIN study ON study.id = page.id
WHERE study.org_id = ? ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- arriving: 2, postgresql
WITH matched AS MATERIALIZED
(SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.settled_at IS NULL)
 SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT matched.study_date AS study_date, matched.study_time AS study_time, matched.id AS id
FROM matched ORDER BY matched.study_date DESC, matched.study_time DESC, matched.id DESC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN study ON study.id = page.id
WHERE study.org_id = %(org_id_2)s::BIGINT ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- unresolved: 1, sqlite
SELECT count(*) AS count_1
FROM (SELECT 1
FROM study
WHERE study.org_id = ? AND study.identity = ? AND study.identity != 'resolved'
 LIMIT ? OFFSET ?) AS matching
-- unresolved: 1, postgresql
SELECT count(*) AS count_1
FROM (SELECT 1
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.identity = %(c0)s::VARCHAR COLLATE "C" AND study.identity != 'resolved'
 LIMIT %(stop)s) AS matching
-- unresolved: 2, sqlite
WITH matched AS MATERIALIZED
(SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = ? AND study.identity = ? AND study.identity != 'resolved')
 SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT matched.study_date AS study_date, matched.study_time AS study_time, matched.id AS id
FROM matched ORDER BY matched.study_date DESC, matched.study_time DESC, matched.id DESC
 LIMIT ? OFFSET ?) AS page JOIN study ON study.id = page.id
WHERE study.org_id = ? ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- unresolved: 2, postgresql
WITH matched AS MATERIALIZED
(SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.identity = %(c0)s::VARCHAR COLLATE "C" AND study.identity != 'resolved')
 SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT matched.study_date AS study_date, matched.study_time AS study_time, matched.id AS id
FROM matched ORDER BY matched.study_date DESC, matched.study_time DESC, matched.id DESC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN study ON study.id = page.id
WHERE study.org_id = %(org_id_2)s::BIGINT ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- in order of referring physicians: 1, sqlite
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.referring_key AS referring_key, study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = ? ORDER BY study.referring_key ASC, study.study_date ASC, study.study_time ASC, study.id ASC
 LIMIT ? OFFSET ?) AS page JOIN study ON study.id = page.id
WHERE study.org_id = ? ORDER BY page.referring_key ASC, page.study_date ASC, page.study_time ASC, page.id ASC
-- in order of referring physicians: 1, postgresql
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.referring_key AS referring_key, study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT ORDER BY study.referring_key ASC, study.study_date ASC, study.study_time ASC, study.id ASC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN study ON study.id = page.id
WHERE study.org_id = %(org_id_2)s::BIGINT ORDER BY page.referring_key ASC, page.study_date ASC, page.study_time ASC, page.id ASC
-- in order of birth dates: 1, sqlite
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.patient_birth_date AS patient_birth_date, study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = ? ORDER BY study.patient_birth_date DESC, study.study_date DESC, study.study_time DESC, study.id DESC
 LIMIT ? OFFSET ?) AS page JOIN study ON study.id = page.id
WHERE study.org_id = ? ORDER BY page.patient_birth_date DESC, page.study_date DESC, page.study_time DESC, page.id DESC
-- in order of birth dates: 1, postgresql
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.patient_birth_date AS patient_birth_date, study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT ORDER BY study.patient_birth_date DESC, study.study_date DESC, study.study_time DESC, study.id DESC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN study ON study.id = page.id
WHERE study.org_id = %(org_id_2)s::BIGINT ORDER BY page.patient_birth_date DESC, page.study_date DESC, page.study_time DESC, page.id DESC
-- in order of descriptions: 1, sqlite
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.description AS description, study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = ? ORDER BY study.description ASC, study.study_date ASC, study.study_time ASC, study.id ASC
 LIMIT ? OFFSET ?) AS page JOIN study ON study.id = page.id
WHERE study.org_id = ? ORDER BY page.description ASC, page.study_date ASC, page.study_time ASC, page.id ASC
-- in order of descriptions: 1, postgresql
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.description AS description, study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT ORDER BY study.description ASC, study.study_date ASC, study.study_time ASC, study.id ASC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN study ON study.id = page.id
WHERE study.org_id = %(org_id_2)s::BIGINT ORDER BY page.description ASC, page.study_date ASC, page.study_time ASC, page.id ASC
-- in order of accessions: 1, sqlite
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.accession_number AS accession_number, study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = ? ORDER BY study.accession_number ASC, study.study_date ASC, study.study_time ASC, study.id ASC
 LIMIT ? OFFSET ?) AS page JOIN study ON study.id = page.id
WHERE study.org_id = ? ORDER BY page.accession_number ASC, page.study_date ASC, page.study_time ASC, page.id ASC
-- in order of accessions: 1, postgresql
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.accession_number AS accession_number, study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT ORDER BY study.accession_number ASC, study.study_date ASC, study.study_time ASC, study.id ASC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN study ON study.id = page.id
WHERE study.org_id = %(org_id_2)s::BIGINT ORDER BY page.accession_number ASC, page.study_date ASC, page.study_time ASC, page.id ASC
-- received since: 1, sqlite
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.first_received_at AS first_received_at, study.id AS id
FROM study
WHERE study.org_id = ? AND study.first_received_at >= ? ORDER BY study.first_received_at DESC, study.id DESC
 LIMIT ? OFFSET ?) AS page JOIN study ON study.id = page.id
WHERE study.org_id = ? ORDER BY page.first_received_at DESC, page.id DESC
-- received since: 1, postgresql
SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT study.first_received_at AS first_received_at, study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.first_received_at >= %(c0_low)s::BIGINT ORDER BY study.first_received_at DESC, study.id DESC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN study ON study.id = page.id
WHERE study.org_id = %(org_id_2)s::BIGINT ORDER BY page.first_received_at DESC, page.id DESC
-- received since, by name: 1, sqlite
SELECT count(*) AS count_1
FROM (SELECT 1
FROM study
WHERE study.org_id = ? AND study.first_received_at >= ?
 LIMIT ? OFFSET ?) AS matching
-- received since, by name: 1, postgresql
SELECT count(*) AS count_1
FROM (SELECT 1
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.first_received_at >= %(c0_low)s::BIGINT
 LIMIT %(stop)s) AS matching
-- received since, by name: 2, sqlite
WITH matched AS MATERIALIZED
(SELECT study.patient_name_key AS patient_name_key, study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = ? AND study.first_received_at >= ?)
 SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT matched.patient_name_key AS patient_name_key, matched.study_date AS study_date, matched.study_time AS study_time, matched.id AS id
FROM matched ORDER BY matched.patient_name_key DESC, matched.study_date DESC, matched.study_time DESC, matched.id DESC
 LIMIT ? OFFSET ?) AS page JOIN study ON study.id = page.id
WHERE study.org_id = ? ORDER BY page.patient_name_key DESC, page.study_date DESC, page.study_time DESC, page.id DESC
-- received since, by name: 2, postgresql
WITH matched AS MATERIALIZED
(SELECT study.patient_name_key AS patient_name_key, study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.first_received_at >= %(c0_low)s::BIGINT)
 SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing
FROM (SELECT matched.patient_name_key AS patient_name_key, matched.study_date AS study_date, matched.study_time AS study_time, matched.id AS id
FROM matched ORDER BY matched.patient_name_key DESC, matched.study_date DESC, matched.study_time DESC, matched.id DESC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN study ON study.id = page.id
WHERE study.org_id = %(org_id_2)s::BIGINT ORDER BY page.patient_name_key DESC, page.study_date DESC, page.study_time DESC, page.id DESC
-- studies of a patient: 1, sqlite
SELECT count(*) AS count_1
FROM (SELECT 1
FROM study
WHERE study.org_id = ? AND study.patient = ?
 LIMIT ? OFFSET ?) AS matching
-- studies of a patient: 1, postgresql
SELECT count(*) AS count_1
FROM (SELECT 1
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.patient = %(c0)s::BIGINT
 LIMIT %(stop)s) AS matching
-- studies of a patient: 2, sqlite
WITH matched AS MATERIALIZED
(SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = ? AND study.patient = ?)
 SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing, (SELECT count(*) AS count_1
FROM matched) AS total
FROM (SELECT matched.study_date AS study_date, matched.study_time AS study_time, matched.id AS id
FROM matched ORDER BY matched.study_date DESC, matched.study_time DESC, matched.id DESC
 LIMIT ? OFFSET ?) AS page JOIN study ON study.id = page.id
WHERE study.org_id = ? ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- studies of a patient: 2, postgresql
WITH matched AS MATERIALIZED
(SELECT study.study_date AS study_date, study.study_time AS study_time, study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.patient = %(c0)s::BIGINT)
 SELECT study.id, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count, study.size_bytes, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at, study.last_received_at, study.settled_at, study.missing, (SELECT count(*) AS count_1
FROM matched) AS total
FROM (SELECT matched.study_date AS study_date, matched.study_time AS study_time, matched.id AS id
FROM matched ORDER BY matched.study_date DESC, matched.study_time DESC, matched.id DESC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN study ON study.id = page.id
WHERE study.org_id = %(org_id_2)s::BIGINT ORDER BY page.study_date DESC, page.study_time DESC, page.id DESC
-- series of a study: 1, sqlite
WITH found_study AS MATERIALIZED
(SELECT study.id AS id
FROM study
WHERE study.org_id = ? AND study.study_instance_uid = ?),
matched AS MATERIALIZED
(SELECT series.id AS id
FROM series JOIN found_study ON series.study = found_study.id
WHERE series.org_id = ?)
 SELECT series.id, series.series_instance_uid, series.modality, series.series_number, series.description, series.body_part, series.laterality, series.protocol, series.station, series.manufacturer, series.performed_date, series.performed_time, series.frame_of_reference_uid, series.instance_count, series.size_bytes, series.first_received_at, series.last_received_at, series.settled_at, study.id AS id_1, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description AS description_1, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count AS instance_count_1, study.size_bytes AS size_bytes_1, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at AS first_received_at_1, study.last_received_at AS last_received_at_1, study.settled_at AS settled_at_1, study.missing
FROM (SELECT matched.id AS id
FROM matched ORDER BY matched.id ASC
 LIMIT ? OFFSET ?) AS page JOIN series ON series.id = page.id JOIN study ON study.org_id = series.org_id AND study.id = series.study
WHERE study.org_id = ? AND series.org_id = ? ORDER BY page.id ASC
-- series of a study: 1, postgresql
WITH found_study AS MATERIALIZED
(SELECT study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.study_instance_uid = %(c0)s::VARCHAR COLLATE "C"),
matched AS MATERIALIZED
(SELECT series.id AS id
FROM series JOIN found_study ON series.study = found_study.id
WHERE series.org_id = %(org_id_2)s::BIGINT)
 SELECT series.id, series.series_instance_uid, series.modality, series.series_number, series.description, series.body_part, series.laterality, series.protocol, series.station, series.manufacturer, series.performed_date, series.performed_time, series.frame_of_reference_uid, series.instance_count, series.size_bytes, series.first_received_at, series.last_received_at, series.settled_at, study.id AS id_1, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description AS description_1, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count AS instance_count_1, study.size_bytes AS size_bytes_1, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at AS first_received_at_1, study.last_received_at AS last_received_at_1, study.settled_at AS settled_at_1, study.missing
FROM (SELECT matched.id AS id
FROM matched ORDER BY matched.id ASC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN series ON series.id = page.id JOIN study ON study.org_id = series.org_id AND study.id = series.study
WHERE study.org_id = %(org_id_3)s::BIGINT AND series.org_id = %(org_id_4)s::BIGINT ORDER BY page.id ASC
-- series by uid: 1, sqlite
WITH matched AS MATERIALIZED
(SELECT series.id AS id
FROM series
WHERE series.org_id = ? AND series.series_instance_uid = ?)
 SELECT series.id, series.series_instance_uid, series.modality, series.series_number, series.description, series.body_part, series.laterality, series.protocol, series.station, series.manufacturer, series.performed_date, series.performed_time, series.frame_of_reference_uid, series.instance_count, series.size_bytes, series.first_received_at, series.last_received_at, series.settled_at, study.id AS id_1, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description AS description_1, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count AS instance_count_1, study.size_bytes AS size_bytes_1, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at AS first_received_at_1, study.last_received_at AS last_received_at_1, study.settled_at AS settled_at_1, study.missing
FROM (SELECT matched.id AS id
FROM matched ORDER BY matched.id ASC
 LIMIT ? OFFSET ?) AS page JOIN series ON series.id = page.id JOIN study ON study.org_id = series.org_id AND study.id = series.study
WHERE study.org_id = ? AND series.org_id = ? ORDER BY page.id ASC
-- series by uid: 1, postgresql
WITH matched AS MATERIALIZED
(SELECT series.id AS id
FROM series
WHERE series.org_id = %(org_id_1)s::BIGINT AND series.series_instance_uid = %(c0)s::VARCHAR COLLATE "C")
 SELECT series.id, series.series_instance_uid, series.modality, series.series_number, series.description, series.body_part, series.laterality, series.protocol, series.station, series.manufacturer, series.performed_date, series.performed_time, series.frame_of_reference_uid, series.instance_count, series.size_bytes, series.first_received_at, series.last_received_at, series.settled_at, study.id AS id_1, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description AS description_1, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count AS instance_count_1, study.size_bytes AS size_bytes_1, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at AS first_received_at_1, study.last_received_at AS last_received_at_1, study.settled_at AS settled_at_1, study.missing
FROM (SELECT matched.id AS id
FROM matched ORDER BY matched.id ASC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN series ON series.id = page.id JOIN study ON study.org_id = series.org_id AND study.id = series.study
WHERE study.org_id = %(org_id_2)s::BIGINT AND series.org_id = %(org_id_3)s::BIGINT ORDER BY page.id ASC
-- series of a patient: 1, sqlite
SELECT count(*) AS count_1
FROM (SELECT 1
FROM study
WHERE study.org_id = ? AND study.patient_id = ?
 LIMIT ? OFFSET ?) AS matching
-- series of a patient: 1, postgresql
SELECT count(*) AS count_1
FROM (SELECT 1
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.patient_id = %(c0)s::VARCHAR COLLATE "C"
 LIMIT %(stop)s) AS matching
-- series of a patient: 2, sqlite
WITH found_study AS MATERIALIZED
(SELECT study.id AS id
FROM study
WHERE study.org_id = ? AND study.patient_id = ?),
matched AS MATERIALIZED
(SELECT series.id AS id
FROM series JOIN found_study ON series.study = found_study.id
WHERE series.org_id = ?)
 SELECT series.id, series.series_instance_uid, series.modality, series.series_number, series.description, series.body_part, series.laterality, series.protocol, series.station, series.manufacturer, series.performed_date, series.performed_time, series.frame_of_reference_uid, series.instance_count, series.size_bytes, series.first_received_at, series.last_received_at, series.settled_at, study.id AS id_1, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description AS description_1, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count AS instance_count_1, study.size_bytes AS size_bytes_1, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at AS first_received_at_1, study.last_received_at AS last_received_at_1, study.settled_at AS settled_at_1, study.missing
FROM (SELECT matched.id AS id
FROM matched ORDER BY matched.id ASC
 LIMIT ? OFFSET ?) AS page JOIN series ON series.id = page.id JOIN study ON study.org_id = series.org_id AND study.id = series.study
WHERE study.org_id = ? AND series.org_id = ? ORDER BY page.id ASC
-- series of a patient: 2, postgresql
WITH found_study AS MATERIALIZED
(SELECT study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.patient_id = %(c0)s::VARCHAR COLLATE "C"),
matched AS MATERIALIZED
(SELECT series.id AS id
FROM series JOIN found_study ON series.study = found_study.id
WHERE series.org_id = %(org_id_2)s::BIGINT)
 SELECT series.id, series.series_instance_uid, series.modality, series.series_number, series.description, series.body_part, series.laterality, series.protocol, series.station, series.manufacturer, series.performed_date, series.performed_time, series.frame_of_reference_uid, series.instance_count, series.size_bytes, series.first_received_at, series.last_received_at, series.settled_at, study.id AS id_1, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description AS description_1, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count AS instance_count_1, study.size_bytes AS size_bytes_1, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at AS first_received_at_1, study.last_received_at AS last_received_at_1, study.settled_at AS settled_at_1, study.missing
FROM (SELECT matched.id AS id
FROM matched ORDER BY matched.id ASC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN series ON series.id = page.id JOIN study ON study.org_id = series.org_id AND study.id = series.study
WHERE study.org_id = %(org_id_3)s::BIGINT AND series.org_id = %(org_id_4)s::BIGINT ORDER BY page.id ASC
-- all series: 1, sqlite
SELECT series.id, series.series_instance_uid, series.modality, series.series_number, series.description, series.body_part, series.laterality, series.protocol, series.station, series.manufacturer, series.performed_date, series.performed_time, series.frame_of_reference_uid, series.instance_count, series.size_bytes, series.first_received_at, series.last_received_at, series.settled_at, study.id AS id_1, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description AS description_1, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count AS instance_count_1, study.size_bytes AS size_bytes_1, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at AS first_received_at_1, study.last_received_at AS last_received_at_1, study.settled_at AS settled_at_1, study.missing
FROM (SELECT series.id AS id
FROM series
WHERE series.org_id = ? ORDER BY series.id ASC
 LIMIT ? OFFSET ?) AS page JOIN series ON series.id = page.id JOIN study ON study.org_id = series.org_id AND study.id = series.study
WHERE study.org_id = ? AND series.org_id = ? ORDER BY page.id ASC
-- all series: 1, postgresql
SELECT series.id, series.series_instance_uid, series.modality, series.series_number, series.description, series.body_part, series.laterality, series.protocol, series.station, series.manufacturer, series.performed_date, series.performed_time, series.frame_of_reference_uid, series.instance_count, series.size_bytes, series.first_received_at, series.last_received_at, series.settled_at, study.id AS id_1, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description AS description_1, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count AS instance_count_1, study.size_bytes AS size_bytes_1, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at AS first_received_at_1, study.last_received_at AS last_received_at_1, study.settled_at AS settled_at_1, study.missing
FROM (SELECT series.id AS id
FROM series
WHERE series.org_id = %(org_id_1)s::BIGINT ORDER BY series.id ASC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN series ON series.id = page.id JOIN study ON study.org_id = series.org_id AND study.id = series.study
WHERE study.org_id = %(org_id_2)s::BIGINT AND series.org_id = %(org_id_3)s::BIGINT ORDER BY page.id ASC
-- instances of a series: 1, sqlite
WITH found_series AS MATERIALIZED
(SELECT series.id AS id
FROM series JOIN study ON study.org_id = series.org_id AND study.id = series.study
WHERE series.org_id = ? AND series.series_instance_uid = ? AND study.org_id = ? AND +study.study_instance_uid = ?),
matched AS MATERIALIZED
(SELECT instance.id AS id
FROM instance JOIN found_series ON instance.series = found_series.id
WHERE instance.org_id = ?)
 SELECT instance.id, instance.sop_instance_uid, instance.sop_class_uid, instance.transfer_syntax_uid, instance.instance_number, instance.rows, instance.columns, instance.bits_allocated, instance.frames, instance.digest, instance.length, instance.received_at, series.id AS id_1, series.series_instance_uid, series.modality, series.series_number, series.description, series.body_part, series.laterality, series.protocol, series.station, series.manufacturer, series.performed_date, series.performed_time, series.frame_of_reference_uid, series.instance_count, series.size_bytes, series.first_received_at, series.last_received_at, series.settled_at, study.id AS id_2, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description AS description_1, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count AS instance_count_1, study.size_bytes AS size_bytes_1, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at AS first_received_at_1, study.last_received_at AS last_received_at_1, study.settled_at AS settled_at_1, study.missing
FROM (SELECT matched.id AS id
FROM matched ORDER BY matched.id ASC
 LIMIT ? OFFSET ?) AS page JOIN instance ON instance.id = page.id JOIN series ON series.org_id = instance.org_id AND series.id = instance.series JOIN study ON study.org_id = series.org_id AND study.id = series.study
WHERE study.org_id = ? AND series.org_id = ? AND instance.org_id = ? ORDER BY page.id ASC
-- instances of a series: 1, postgresql
WITH found_series AS MATERIALIZED
(SELECT series.id AS id
FROM series JOIN study ON study.org_id = series.org_id AND study.id = series.study
WHERE series.org_id = %(org_id_1)s::BIGINT AND series.series_instance_uid = %(c1)s::VARCHAR COLLATE "C" AND study.org_id = %(org_id_2)s::BIGINT AND study.study_instance_uid = %(c0)s::VARCHAR),
matched AS MATERIALIZED
(SELECT instance.id AS id
FROM instance JOIN found_series ON instance.series = found_series.id
WHERE instance.org_id = %(org_id_3)s::BIGINT)
 SELECT instance.id, instance.sop_instance_uid, instance.sop_class_uid, instance.transfer_syntax_uid, instance.instance_number, instance.rows, instance.columns, instance.bits_allocated, instance.frames, instance.digest, instance.length, instance.received_at, series.id AS id_1, series.series_instance_uid, series.modality, series.series_number, series.description, series.body_part, series.laterality, series.protocol, series.station, series.manufacturer, series.performed_date, series.performed_time, series.frame_of_reference_uid, series.instance_count, series.size_bytes, series.first_received_at, series.last_received_at, series.settled_at, study.id AS id_2, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description AS description_1, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count AS instance_count_1, study.size_bytes AS size_bytes_1, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at AS first_received_at_1, study.last_received_at AS last_received_at_1, study.settled_at AS settled_at_1, study.missing
FROM (SELECT matched.id AS id
FROM matched ORDER BY matched.id ASC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN instance ON instance.id = page.id JOIN series ON series.org_id = instance.org_id AND series.id = instance.series JOIN study ON study.org_id = series.org_id AND study.id = series.study
WHERE study.org_id = %(org_id_4)s::BIGINT AND series.org_id = %(org_id_5)s::BIGINT AND instance.org_id = %(org_id_6)s::BIGINT ORDER BY page.id ASC
-- instance by uid: 1, sqlite
WITH matched AS MATERIALIZED
(SELECT instance.id AS id
FROM instance
WHERE instance.org_id = ? AND instance.sop_instance_uid = ?)
 SELECT instance.id, instance.sop_instance_uid, instance.sop_class_uid, instance.transfer_syntax_uid, instance.instance_number, instance.rows, instance.columns, instance.bits_allocated, instance.frames, instance.digest, instance.length, instance.received_at, series.id AS id_1, series.series_instance_uid, series.modality, series.series_number, series.description, series.body_part, series.laterality, series.protocol, series.station, series.manufacturer, series.performed_date, series.performed_time, series.frame_of_reference_uid, series.instance_count, series.size_bytes, series.first_received_at, series.last_received_at, series.settled_at, study.id AS id_2, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description AS description_1, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count AS instance_count_1, study.size_bytes AS size_bytes_1, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at AS first_received_at_1, study.last_received_at AS last_received_at_1, study.settled_at AS settled_at_1, study.missing
FROM (SELECT matched.id AS id
FROM matched ORDER BY matched.id ASC
 LIMIT ? OFFSET ?) AS page JOIN instance ON instance.id = page.id JOIN series ON series.org_id = instance.org_id AND series.id = instance.series JOIN study ON study.org_id = series.org_id AND study.id = series.study
WHERE study.org_id = ? AND series.org_id = ? AND instance.org_id = ? ORDER BY page.id ASC
-- instance by uid: 1, postgresql
WITH matched AS MATERIALIZED
(SELECT instance.id AS id
FROM instance
WHERE instance.org_id = %(org_id_1)s::BIGINT AND instance.sop_instance_uid = %(c0)s::VARCHAR COLLATE "C")
 SELECT instance.id, instance.sop_instance_uid, instance.sop_class_uid, instance.transfer_syntax_uid, instance.instance_number, instance.rows, instance.columns, instance.bits_allocated, instance.frames, instance.digest, instance.length, instance.received_at, series.id AS id_1, series.series_instance_uid, series.modality, series.series_number, series.description, series.body_part, series.laterality, series.protocol, series.station, series.manufacturer, series.performed_date, series.performed_time, series.frame_of_reference_uid, series.instance_count, series.size_bytes, series.first_received_at, series.last_received_at, series.settled_at, study.id AS id_2, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description AS description_1, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count AS instance_count_1, study.size_bytes AS size_bytes_1, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at AS first_received_at_1, study.last_received_at AS last_received_at_1, study.settled_at AS settled_at_1, study.missing
FROM (SELECT matched.id AS id
FROM matched ORDER BY matched.id ASC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN instance ON instance.id = page.id JOIN series ON series.org_id = instance.org_id AND series.id = instance.series JOIN study ON study.org_id = series.org_id AND study.id = series.study
WHERE study.org_id = %(org_id_2)s::BIGINT AND series.org_id = %(org_id_3)s::BIGINT AND instance.org_id = %(org_id_4)s::BIGINT ORDER BY page.id ASC
-- instances of a study: 1, sqlite
WITH found_study AS MATERIALIZED
(SELECT study.id AS id
FROM study
WHERE study.org_id = ? AND study.study_instance_uid = ?),
found_series AS MATERIALIZED
(SELECT series.id AS id
FROM series JOIN found_study ON series.study = found_study.id
WHERE series.org_id = ?),
matched AS MATERIALIZED
(SELECT instance.id AS id
FROM instance JOIN found_series ON instance.series = found_series.id
WHERE instance.org_id = ?)
 SELECT instance.id, instance.sop_instance_uid, instance.sop_class_uid, instance.transfer_syntax_uid, instance.instance_number, instance.rows, instance.columns, instance.bits_allocated, instance.frames, instance.digest, instance.length, instance.received_at, series.id AS id_1, series.series_instance_uid, series.modality, series.series_number, series.description, series.body_part, series.laterality, series.protocol, series.station, series.manufacturer, series.performed_date, series.performed_time, series.frame_of_reference_uid, series.instance_count, series.size_bytes, series.first_received_at, series.last_received_at, series.settled_at, study.id AS id_2, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description AS description_1, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count AS instance_count_1, study.size_bytes AS size_bytes_1, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at AS first_received_at_1, study.last_received_at AS last_received_at_1, study.settled_at AS settled_at_1, study.missing
FROM (SELECT matched.id AS id
FROM matched ORDER BY matched.id ASC
 LIMIT ? OFFSET ?) AS page JOIN instance ON instance.id = page.id JOIN series ON series.org_id = instance.org_id AND series.id = instance.series JOIN study ON study.org_id = series.org_id AND study.id = series.study
WHERE study.org_id = ? AND series.org_id = ? AND instance.org_id = ? ORDER BY page.id ASC
-- instances of a study: 1, postgresql
WITH found_study AS MATERIALIZED
(SELECT study.id AS id
FROM study
WHERE study.org_id = %(org_id_1)s::BIGINT AND study.study_instance_uid = %(c0)s::VARCHAR COLLATE "C"),
found_series AS MATERIALIZED
(SELECT series.id AS id
FROM series JOIN found_study ON series.study = found_study.id
WHERE series.org_id = %(org_id_2)s::BIGINT),
matched AS MATERIALIZED
(SELECT instance.id AS id
FROM instance JOIN found_series ON instance.series = found_series.id
WHERE instance.org_id = %(org_id_3)s::BIGINT)
 SELECT instance.id, instance.sop_instance_uid, instance.sop_class_uid, instance.transfer_syntax_uid, instance.instance_number, instance.rows, instance.columns, instance.bits_allocated, instance.frames, instance.digest, instance.length, instance.received_at, series.id AS id_1, series.series_instance_uid, series.modality, series.series_number, series.description, series.body_part, series.laterality, series.protocol, series.station, series.manufacturer, series.performed_date, series.performed_time, series.frame_of_reference_uid, series.instance_count, series.size_bytes, series.first_received_at, series.last_received_at, series.settled_at, study.id AS id_2, study.patient, study.study_instance_uid, study.discriminator, study.study_date, study.study_time, study.accession_number, study.accession_issuer, study.study_id, study.description AS description_1, study.referring_name, study.referring_key, study.institution, study.timezone, study.modalities, study.sop_classes, study.series_count, study.instance_count AS instance_count_1, study.size_bytes AS size_bytes_1, study.open_variants, study.patient_name, study.patient_name_key, study.patient_id, study.patient_issuer, study.patient_birth_date, study.patient_sex, study.identity, study.first_received_at AS first_received_at_1, study.last_received_at AS last_received_at_1, study.settled_at AS settled_at_1, study.missing
FROM (SELECT matched.id AS id
FROM matched ORDER BY matched.id ASC
 LIMIT %(page_limit)s OFFSET %(page_offset)s) AS page JOIN instance ON instance.id = page.id JOIN series ON series.org_id = instance.org_id AND series.id = instance.series JOIN study ON study.org_id = series.org_id AND study.id = series.study
WHERE study.org_id = %(org_id_4)s::BIGINT AND series.org_id = %(org_id_5)s::BIGINT AND instance.org_id = %(org_id_6)s::BIGINT ORDER BY page.id ASC
