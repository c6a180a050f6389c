-- create
CREATE TABLE "dbo"."crm_optionsetmetadata" (
    "entityname" varchar(64) NOT NULL,
    "optionsetname" varchar(64) NOT NULL,
    "option" integer NOT NULL,
    "isuserlocalizedlabel" boolean NOT NULL,
    "localizedlabellanguagecode" integer NOT NULL,
    "localizedlabel" varchar(350),
    PRIMARY KEY ("entityname", "optionsetname", "option", "isuserlocalizedlabel", "localizedlabellanguagecode")
);

-- create
CREATE TABLE "dbo"."crm_globaloptionsetmetadata" (
    "optionsetname" varchar(64) NOT NULL,
    "option" integer NOT NULL,
    "isuserlocalizedlabel" boolean NOT NULL,
    "localizedlabellanguagecode" integer NOT NULL,
    "localizedlabel" varchar(350),
    PRIMARY KEY ("optionsetname", "option", "isuserlocalizedlabel", "localizedlabellanguagecode")
);

-- create
CREATE TABLE "dbo"."crm_statemetadata" (
    "entityname" varchar(64) NOT NULL,
    "state" integer NOT NULL,
    "isuserlocalizedlabel" boolean NOT NULL,
    "localizedlabellanguagecode" integer NOT NULL,
    "localizedlabel" varchar(350),
    PRIMARY KEY ("entityname", "state", "isuserlocalizedlabel", "localizedlabellanguagecode")
);

-- create
CREATE TABLE "dbo"."crm_statusmetadata" (
    "entityname" varchar(64) NOT NULL,
    "state" integer NOT NULL,
    "status" integer NOT NULL,
    "isuserlocalizedlabel" boolean NOT NULL,
    "localizedlabellanguagecode" integer NOT NULL,
    "localizedlabel" varchar(350),
    PRIMARY KEY ("entityname", "state", "status", "isuserlocalizedlabel", "localizedlabellanguagecode")
);

-- create
CREATE TABLE "dbo"."crm_targetmetadata" (
    "entityname" varchar(64) NOT NULL,
    "attributename" varchar(64) NOT NULL,
    "referencedentity" varchar(64) NOT NULL,
    "referencedattribute" varchar(64),
    PRIMARY KEY ("entityname", "attributename", "referencedentity")
);

-- create
CREATE TABLE "dbo"."crm_attributemetadata" (
    "id" bigint GENERATED ALWAYS AS IDENTITY,
    "entityname" varchar(64) NOT NULL,
    "attributename" varchar(64) NOT NULL,
    "attributetype" varchar(64) NOT NULL,
    "attributetypecode" integer NOT NULL,
    "version" bigint NOT NULL,
    "timestamp" timestamp(3) without time zone,
    "metadataid" varchar(64),
    "precision" integer,
    PRIMARY KEY ("id")
);

-- create
CREATE TABLE "dbo"."crm_deletelog" (
    "id" bigint GENERATED ALWAYS AS IDENTITY,
    "entityname" varchar(64) NOT NULL,
    "recordid" varchar(64) NOT NULL,
    "sinkdeletetime" timestamp(3) without time zone NOT NULL,
    "versionnumber" bigint NOT NULL,
    PRIMARY KEY ("id")
);

-- create
CREATE INDEX "crm_deletelog_recordid" ON "dbo"."crm_deletelog" ("entityname", "recordid");

-- create
CREATE TABLE "dbo"."crm_pending" (
    "entityname" varchar(64) NOT NULL,
    "recordid" uuid NOT NULL,
    "reason" integer NOT NULL,
    "questionnumber" bigint NOT NULL,
    "askedon" timestamp(3) without time zone NOT NULL,
    PRIMARY KEY ("entityname", "recordid")
);

-- create
CREATE INDEX "crm_pending_questionnumber" ON "dbo"."crm_pending" ("entityname", "questionnumber");

-- create
CREATE TABLE "dbo"."crm_pendingsets" (
    "entityname" varchar(64) NOT NULL,
    "columnname" varchar(128) NOT NULL,
    "value" uuid NOT NULL,
    "questionnumber" bigint NOT NULL,
    "askedon" timestamp(3) without time zone NOT NULL,
    PRIMARY KEY ("entityname", "columnname", "value")
);

-- create
CREATE INDEX "crm_pendingsets_questionnumber" ON "dbo"."crm_pendingsets" ("entityname", "questionnumber");

-- create
CREATE TABLE "dbo"."crm_tablesync" (
    "entityname" varchar(64) NOT NULL,
    "phase" integer NOT NULL,
    "nextlink" text,
    "deltalink" text,
    "beganon" timestamp(3) without time zone,
    "rowsdone" bigint NOT NULL,
    "rowstotal" bigint NOT NULL,
    "isresync" boolean NOT NULL,
    "lastdeltaon" timestamp(3) without time zone,
    "message" text,
    "highestversion" bigint,
    "lastquestion" bigint,
    "scope" varchar(64),
    "refreshedon" timestamp(3) without time zone,
    "newestid" uuid,
    "newestversion" bigint,
    "deltahasidsonly" boolean,
    PRIMARY KEY ("entityname")
);

-- create
CREATE TABLE "dbo"."crm_schemachanges" (
    "id" bigint GENERATED ALWAYS AS IDENTITY,
    "entityname" varchar(64) NOT NULL,
    "columnname" varchar(128),
    "change" varchar(64) NOT NULL,
    "detail" varchar(400),
    "changedon" timestamp(3) without time zone NOT NULL,
    PRIMARY KEY ("id")
);

-- Facts
SELECT Phase, HighestVersion, LastQuestion FROM "dbo"."crm_tablesync" WHERE EntityName = $1;

-- Tombstones
SELECT k.n, d.Id, d.SinkDeleteTime
FROM unnest($1) WITH ORDINALITY AS k (Id, n)
CROSS JOIN LATERAL (
    SELECT e.Id, e.SinkDeleteTime FROM "dbo"."crm_deletelog" AS e
    WHERE e.EntityName = $2 AND e.RecordId = k.Id::text ORDER BY e.Id DESC LIMIT 1) AS d
WHERE EXISTS (SELECT 1 FROM "dbo"."crm_deletelog" WHERE EntityName = $2);

-- Questions
SELECT k.n, p.Reason, p.QuestionNumber, p.AskedOn
FROM unnest($1) WITH ORDINALITY AS k (Id, n)
CROSS JOIN LATERAL (
    SELECT * FROM "dbo"."crm_pending" AS q WHERE q.EntityName = $2 AND q.RecordId = k.Id OFFSET 0) AS p;

-- InsertLog
INSERT INTO "dbo"."crm_deletelog" (EntityName, RecordId, SinkDeleteTime, VersionNumber)
SELECT $1, u.RecordId::text, u.Stamp, u.Version
FROM unnest($2, $3, $4) WITH ORDINALITY AS u (RecordId, Stamp, Version, n) ORDER BY u.n;

-- ExpireLog
DELETE FROM "dbo"."crm_deletelog" WHERE Id IN (
    SELECT d.Id FROM "dbo"."crm_deletelog" AS d
    WHERE d.EntityName = $1 AND d.SinkDeleteTime < $2 AND lower(d.RecordId) NOT IN (
        SELECT p.RecordId::text FROM "dbo"."crm_pending" AS p WHERE p.EntityName = $1)
    LIMIT $3);

-- StampLog
UPDATE "dbo"."crm_deletelog" AS d SET SinkDeleteTime = u.Stamp, VersionNumber = u.Version
FROM unnest($1, $2, $3) AS u (Id, Stamp, Version) WHERE d.Id = u.Id;

-- PutQuestions
INSERT INTO "dbo"."crm_pending" (EntityName, RecordId, Reason, QuestionNumber, AskedOn)
SELECT $1, u.RecordId, u.Reason, u.Number, u.AskedOn
FROM unnest($2, $3, $4, $5) AS u (RecordId, Reason, Number, AskedOn)
ON CONFLICT (EntityName, RecordId) DO UPDATE SET
    Reason = excluded.Reason, QuestionNumber = excluded.QuestionNumber, AskedOn = excluded.AskedOn;

-- DropQuestions
DELETE FROM "dbo"."crm_pending" WHERE EntityName = $1 AND RecordId = ANY ($2);

-- PutSetQuestions
INSERT INTO "dbo"."crm_pendingsets" (EntityName, ColumnName, Value, QuestionNumber, AskedOn)
SELECT $1, u.ColumnName, u.Value, u.Number, $5
FROM unnest($2, $3, $4) AS u (ColumnName, Value, Number)
ON CONFLICT (EntityName, ColumnName, Value) DO UPDATE SET
    QuestionNumber = excluded.QuestionNumber, AskedOn = excluded.AskedOn;

-- SaveFacts
UPDATE "dbo"."crm_tablesync" SET HighestVersion = $2, LastQuestion = $3 WHERE EntityName = $1;

-- OldestSetQuestions
SELECT ColumnName, Value, QuestionNumber, AskedOn FROM "dbo"."crm_pendingsets"
WHERE EntityName = $1 AND QuestionNumber > $2 AND AskedOn <= $4 ORDER BY QuestionNumber LIMIT $3;

-- SettleSet
DELETE FROM "dbo"."crm_pendingsets"
WHERE EntityName = $1 AND ColumnName = $2 AND Value = $3 AND QuestionNumber <= $4;

-- SettleSetsAskedBefore
DELETE FROM "dbo"."crm_pendingsets" WHERE EntityName = $1 AND AskedOn < $2;

-- CountQuestions
SELECT EntityName, COUNT(*) FROM (
    SELECT EntityName FROM "dbo"."crm_pending" UNION ALL SELECT EntityName FROM "dbo"."crm_pendingsets") AS asked
GROUP BY EntityName;

-- RemovedColumns
SELECT EntityName, ColumnName FROM (
    SELECT DISTINCT ON (EntityName, ColumnName) EntityName, ColumnName, Change FROM "dbo"."crm_schemachanges"
    WHERE ColumnName IS NOT NULL ORDER BY EntityName, ColumnName, Id DESC) AS latest
WHERE Change = 'ColumnRemoved';

-- NoteChange
INSERT INTO "dbo"."crm_schemachanges" (EntityName, ColumnName, Change, Detail, ChangedOn)
VALUES ($1, $2, $3, $4, $5);

-- HasState
SELECT 1 FROM "dbo"."crm_tablesync" WHERE EntityName = $1;

-- ResetState
UPDATE "dbo"."crm_tablesync" SET Phase = 0, NextLink = NULL, DeltaLink = NULL, BeganOn = NULL, RowsDone = 0,
    RowsTotal = 0, IsResync = false, LastDeltaOn = NULL, Message = NULL
WHERE EntityName = $1;

-- ReadState
SELECT Phase, NextLink, DeltaLink, BeganOn, RowsDone, RowsTotal, IsResync, LastDeltaOn, Message, Scope,
    RefreshedOn, NewestId, NewestVersion, DeltaHasIdsOnly
FROM "dbo"."crm_tablesync" WHERE EntityName = $1;

-- SaveState
UPDATE "dbo"."crm_tablesync" SET Phase = $2, NextLink = $3, DeltaLink = $4, BeganOn = $5, RowsDone = $6,
    RowsTotal = $7, IsResync = $8, LastDeltaOn = $9, Message = $10, Scope = $11,
    RefreshedOn = $12, NewestId = $13, NewestVersion = $14,
    DeltaHasIdsOnly = $15
WHERE EntityName = $1;

-- Lock
SELECT pg_advisory_xact_lock($1);

-- ByKeyAlone
SET LOCAL enable_indexscan = off;

-- metadata
DELETE FROM "dbo"."crm_attributemetadata" WHERE "entityname" = $1;

-- metadata
INSERT INTO "dbo"."crm_attributemetadata" ("entityname",
    "attributename",
    "attributetype",
    "attributetypecode",
    "version",
    "timestamp",
    "metadataid",
    "precision") SELECT *
FROM unnest($1,
    $2,
    $3,
    $4,
    $5,
    $6,
    $7,
    $8);

-- metadata
DELETE FROM "dbo"."crm_targetmetadata" WHERE "entityname" = $1;

-- metadata
INSERT INTO "dbo"."crm_targetmetadata" ("entityname",
    "attributename",
    "referencedentity",
    "referencedattribute") SELECT *
FROM unnest($1,
    $2,
    $3,
    $4);

-- metadata
DELETE FROM "dbo"."crm_statemetadata" WHERE "entityname" = $1;

-- metadata
INSERT INTO "dbo"."crm_statemetadata" ("entityname",
    "state",
    "isuserlocalizedlabel",
    "localizedlabellanguagecode",
    "localizedlabel") SELECT *
FROM unnest($1,
    $2,
    $3,
    $4,
    $5);

-- metadata
DELETE FROM "dbo"."crm_statusmetadata" WHERE "entityname" = $1;

-- metadata
INSERT INTO "dbo"."crm_statusmetadata" ("entityname",
    "state",
    "status",
    "isuserlocalizedlabel",
    "localizedlabellanguagecode",
    "localizedlabel") SELECT *
FROM unnest($1,
    $2,
    $3,
    $4,
    $5,
    $6);

-- metadata
DELETE FROM "dbo"."crm_optionsetmetadata" WHERE "entityname" = $1;

-- metadata
INSERT INTO "dbo"."crm_optionsetmetadata" ("entityname",
    "optionsetname",
    "option",
    "isuserlocalizedlabel",
    "localizedlabellanguagecode",
    "localizedlabel") SELECT *
FROM unnest($1,
    $2,
    $3,
    $4,
    $5,
    $6);

-- metadata
DELETE FROM "dbo"."crm_globaloptionsetmetadata" WHERE "optionsetname" = $1;

-- metadata
INSERT INTO "dbo"."crm_globaloptionsetmetadata" ("optionsetname",
    "option",
    "isuserlocalizedlabel",
    "localizedlabellanguagecode",
    "localizedlabel") SELECT *
FROM unnest($1,
    $2,
    $3,
    $4,
    $5);
