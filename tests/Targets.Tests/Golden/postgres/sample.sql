-- create table
CREATE TABLE "dbo"."crm_sample" (
    "id" uuid NOT NULL,
    "sinkcreatedon" timestamp(3) without time zone,
    "sinkmodifiedon" timestamp(3) without time zone,
    "statecode" integer,
    "statuscode" integer,
    "industry" integer,
    "region" integer,
    "isactive" boolean,
    "ownerid" uuid,
    "ownerid_entitytype" varchar(128),
    "parentid" uuid,
    "parentid_entitytype" varchar(128),
    "to" uuid,
    "revenue" numeric(38,2),
    "sampleid" uuid,
    "name" varchar(100),
    "description" text,
    "quantity" integer,
    "versionnumber" bigint,
    "modifiedon" timestamp(3) without time zone,
    "birthdate" timestamp(3) without time zone,
    "rate" numeric(38,10),
    "latitude" numeric(38,5),
    "stageid" uuid,
    "owneridtype" varchar(4000),
    "colours" varchar(4000),
    CONSTRAINT "epk[dbo].[crm_sample]" PRIMARY KEY ("id")
) WITH (toast_tuple_target = 8160);

-- first state
INSERT INTO "dbo"."crm_tablesync" (EntityName, Phase, RowsDone, RowsTotal, IsResync, HighestVersion)
SELECT $1, 0, 0, 0, false, GREATEST(
    (SELECT MAX(VersionNumber) FROM "dbo"."crm_sample"),
    (SELECT MAX(VersionNumber) FROM "dbo"."crm_deletelog" WHERE EntityName = $1), 0)
WHERE NOT EXISTS (SELECT 1 FROM "dbo"."crm_tablesync" WHERE EntityName = $1);

-- held rows
SELECT k.n, t.* FROM unnest($1) WITH ORDINALITY AS k (Id, n) CROSS JOIN LATERAL (
    SELECT r.VersionNumber, r."modifiedon", r.SinkModifiedOn FROM "dbo"."crm_sample" AS r
    WHERE r.Id = k.Id OFFSET 0) AS t;

-- delete rows
DELETE FROM "dbo"."crm_sample" WHERE Id = ANY ($1);

-- oldest questions
SELECT p.RecordId, p.Reason, p.QuestionNumber, p.AskedOn,
    CASE WHEN r.Id IS NOT NULL THEN r.SinkModifiedOn
    ELSE (
        SELECT d.SinkDeleteTime FROM "dbo"."crm_deletelog" AS d
        WHERE d.EntityName = p.EntityName AND d.RecordId = p.RecordId::text ORDER BY d.Id DESC LIMIT 1)
    END
FROM "dbo"."crm_pending" AS p LEFT JOIN LATERAL (
    SELECT t.Id, t.SinkModifiedOn FROM "dbo"."crm_sample" AS t WHERE t.Id = p.RecordId OFFSET 0) AS r ON true
WHERE p.EntityName = $1 AND p.QuestionNumber > $2 ORDER BY p.QuestionNumber LIMIT $3;

-- first rows that a resync did not meet
SELECT Id FROM "dbo"."crm_sample"
WHERE (SinkModifiedOn < $1 OR SinkModifiedOn IS NULL) ORDER BY Id LIMIT $2;

-- next rows that a resync did not meet
SELECT Id FROM "dbo"."crm_sample"
WHERE (SinkModifiedOn < $1 OR SinkModifiedOn IS NULL) AND Id > $3 ORDER BY Id LIMIT $2;

-- what is held
SELECT k.n, t.Id IS NOT NULL, t.VersionNumber,
    CASE WHEN t.Id IS NOT NULL THEN t.SinkModifiedOn
    ELSE (
        SELECT d.SinkDeleteTime FROM "dbo"."crm_deletelog" AS d
        WHERE d.EntityName = $2 AND d.RecordId = k.Id::text ORDER BY d.Id DESC LIMIT 1)
    END,
    p.IsAsked IS NOT NULL
FROM unnest($1) WITH ORDINALITY AS k (Id, n)
LEFT JOIN LATERAL (
    SELECT r.Id, r.VersionNumber, r.SinkModifiedOn FROM "dbo"."crm_sample" AS r
    WHERE r.Id = k.Id OFFSET 0) AS t ON true
LEFT JOIN LATERAL (
    SELECT true AS IsAsked FROM "dbo"."crm_pending" AS q
    WHERE q.EntityName = $2 AND q.RecordId = k.Id OFFSET 0) AS p ON true;

-- first ids
SELECT Id FROM "dbo"."crm_sample" ORDER BY Id LIMIT $1;

-- next ids
SELECT Id FROM "dbo"."crm_sample" WHERE Id > $2 ORDER BY Id LIMIT $1;

-- rows of other cells
SELECT Id, Places FROM (
    SELECT s."id" AS Id, array_remove(ARRAY[
        CASE WHEN t."statecode" IS DISTINCT FROM s."statecode" THEN 0 END,
        CASE WHEN t."statuscode" IS DISTINCT FROM s."statuscode" THEN 1 END,
        CASE WHEN t."industry" IS DISTINCT FROM s."industry" THEN 2 END,
        CASE WHEN t."region" IS DISTINCT FROM s."region" THEN 3 END,
        CASE WHEN t."isactive" IS DISTINCT FROM s."isactive" THEN 4 END,
        CASE WHEN t."ownerid" IS DISTINCT FROM s."ownerid" THEN 5 END,
        CASE WHEN t."ownerid_entitytype" COLLATE "C" IS DISTINCT FROM s."ownerid_entitytype" COLLATE "C" THEN 6 END,
        CASE WHEN t."parentid" IS DISTINCT FROM s."parentid" THEN 7 END,
        CASE WHEN t."parentid_entitytype" COLLATE "C" IS DISTINCT FROM s."parentid_entitytype" COLLATE "C" THEN 8 END,
        CASE WHEN t."to" IS DISTINCT FROM s."to" THEN 9 END,
        CASE WHEN t."revenue" IS DISTINCT FROM s."revenue" THEN 10 END,
        CASE WHEN t."sampleid" IS DISTINCT FROM s."sampleid" THEN 11 END,
        CASE WHEN t."name" COLLATE "C" IS DISTINCT FROM s."name" COLLATE "C" THEN 12 END,
        CASE WHEN t."description" COLLATE "C" IS DISTINCT FROM s."description" COLLATE "C" THEN 13 END,
        CASE WHEN t."quantity" IS DISTINCT FROM s."quantity" THEN 14 END,
        CASE WHEN t."modifiedon" IS DISTINCT FROM s."modifiedon" THEN 15 END,
        CASE WHEN t."birthdate" IS DISTINCT FROM s."birthdate" THEN 16 END,
        CASE WHEN t."rate" IS DISTINCT FROM s."rate" THEN 17 END,
        CASE WHEN t."latitude" IS DISTINCT FROM s."latitude" THEN 18 END,
        CASE WHEN t."stageid" IS DISTINCT FROM s."stageid" THEN 19 END,
        CASE WHEN t."owneridtype" COLLATE "C" IS DISTINCT FROM s."owneridtype" COLLATE "C" THEN 20 END,
        CASE WHEN t."colours" COLLATE "C" IS DISTINCT
FROM s."colours" COLLATE "C" THEN 21 END]::integer[],
    NULL) AS Places
    FROM pg_temp.stage_1 AS s CROSS JOIN LATERAL (
        SELECT * FROM "dbo"."crm_sample" AS r
        WHERE r."id" = s."id" AND r."versionnumber" = s."versionnumber" OFFSET 0) AS t) AS d
WHERE cardinality(Places) > 0;

-- what a page looks for
SELECT date_trunc('milliseconds', clock_timestamp() AT TIME ZONE 'UTC'), Phase, HighestVersion, LastQuestion,
    NOT EXISTS (SELECT 1 FROM "dbo"."crm_deletelog" WHERE EntityName = $1)
        AND NOT EXISTS (SELECT 1 FROM "dbo"."crm_pending" WHERE EntityName = $1)
        AND NOT EXISTS (SELECT 1 FROM "dbo"."crm_sample" WHERE Id = ANY ($2)),
    EXISTS (
        SELECT 1 FROM unnest($2, $3) AS e (Id, Version)
        CROSS JOIN LATERAL (SELECT r.VersionNumber FROM "dbo"."crm_sample" AS r WHERE r.Id = e.Id OFFSET 0) AS t
        WHERE COALESCE(t.VersionNumber >= e.Version, true))
FROM "dbo"."crm_tablesync" WHERE EntityName = $1;

-- rows of a page over older ones
UPDATE "dbo"."crm_sample" AS t SET "sinkmodifiedon" = s."sinkmodifiedon",
    "sampleid" = s."sampleid",
    "name" = s."name",
    "description" = s."description",
    "quantity" = s."quantity",
    "versionnumber" = s."versionnumber",
    "isactive" = s."isactive",
    "modifiedon" = s."modifiedon",
    "birthdate" = s."birthdate",
    "rate" = s."rate",
    "latitude" = s."latitude",
    "revenue" = s."revenue",
    "industry" = s."industry",
    "region" = s."region",
    "statuscode" = s."statuscode",
    "statecode" = s."statecode",
    "ownerid" = s."ownerid",
    "ownerid_entitytype" = s."ownerid_entitytype",
    "parentid" = s."parentid",
    "parentid_entitytype" = s."parentid_entitytype",
    "stageid" = s."stageid",
    "owneridtype" = s."owneridtype",
    "colours" = s."colours",
    "to" = s."to"
FROM pg_temp.stage_1 AS s WHERE t."id" = s."id" AND t."versionnumber" < s."versionnumber" AND COALESCE(t."sinkmodifiedon" <= s."sinkmodifiedon" - interval '4 ms',
    true);

-- rows of a page that are new
INSERT INTO "dbo"."crm_sample" ("id",
    "sinkcreatedon",
    "sinkmodifiedon",
    "statecode",
    "statuscode",
    "industry",
    "region",
    "isactive",
    "ownerid",
    "ownerid_entitytype",
    "parentid",
    "parentid_entitytype",
    "to",
    "revenue",
    "sampleid",
    "name",
    "description",
    "quantity",
    "versionnumber",
    "modifiedon",
    "birthdate",
    "rate",
    "latitude",
    "stageid",
    "owneridtype",
    "colours") SELECT "id",
    "sinkcreatedon",
    "sinkmodifiedon",
    "statecode",
    "statuscode",
    "industry",
    "region",
    "isactive",
    "ownerid",
    "ownerid_entitytype",
    "parentid",
    "parentid_entitytype",
    "to",
    "revenue",
    "sampleid",
    "name",
    "description",
    "quantity",
    "versionnumber",
    "modifiedon",
    "birthdate",
    "rate",
    "latitude",
    "stageid",
    "owneridtype",
    "colours"
FROM pg_temp.stage_1 AS s
WHERE NOT EXISTS (SELECT 1 FROM "dbo"."crm_sample" AS t WHERE t.Id = s.Id OFFSET 0)
    AND (NOT EXISTS (SELECT 1 FROM "dbo"."crm_deletelog" WHERE EntityName = $1)
        OR NOT EXISTS (
            SELECT 1 FROM "dbo"."crm_deletelog" AS d
            WHERE d.EntityName = $1 AND d.RecordId = s.Id::text OFFSET 0));

-- copy new rows
COPY "dbo"."crm_sample" ("id",
    "sinkcreatedon",
    "sinkmodifiedon",
    "sampleid",
    "name",
    "description",
    "quantity",
    "versionnumber",
    "isactive",
    "modifiedon",
    "birthdate",
    "rate",
    "latitude",
    "revenue",
    "industry",
    "region",
    "statuscode",
    "statecode",
    "ownerid",
    "ownerid_entitytype",
    "parentid",
    "parentid_entitytype",
    "stageid",
    "owneridtype",
    "colours",
    "to")
FROM STDIN (FORMAT BINARY);

-- stage
CREATE TEMPORARY TABLE pg_temp.stage_1 WITH (toast_tuple_target = 8160) ON COMMIT DELETE ROWS AS SELECT "id",
    "sinkcreatedon",
    "sinkmodifiedon",
    "statecode",
    "statuscode",
    "industry",
    "region",
    "isactive",
    "ownerid",
    "ownerid_entitytype",
    "parentid",
    "parentid_entitytype",
    "to",
    "revenue",
    "sampleid",
    "name",
    "description",
    "quantity",
    "versionnumber",
    "modifiedon",
    "birthdate",
    "rate",
    "latitude",
    "stageid",
    "owneridtype",
    "colours",
    0::bigint AS "sent columns 0"
FROM "dbo"."crm_sample" WITH NO DATA;

-- copy whole rows
COPY pg_temp.stage_1 ("id",
    "sinkcreatedon",
    "sinkmodifiedon",
    "sampleid",
    "name",
    "description",
    "quantity",
    "versionnumber",
    "isactive",
    "modifiedon",
    "birthdate",
    "rate",
    "latitude",
    "revenue",
    "industry",
    "region",
    "statuscode",
    "statecode",
    "ownerid",
    "ownerid_entitytype",
    "parentid",
    "parentid_entitytype",
    "stageid",
    "owneridtype",
    "colours",
    "to")
FROM STDIN (FORMAT BINARY);

-- write whole rows
UPDATE "dbo"."crm_sample" AS t SET "sinkmodifiedon" = s."sinkmodifiedon",
    "sampleid" = s."sampleid",
    "name" = s."name",
    "description" = s."description",
    "quantity" = s."quantity",
    "versionnumber" = s."versionnumber",
    "isactive" = s."isactive",
    "modifiedon" = s."modifiedon",
    "birthdate" = s."birthdate",
    "rate" = s."rate",
    "latitude" = s."latitude",
    "revenue" = s."revenue",
    "industry" = s."industry",
    "region" = s."region",
    "statuscode" = s."statuscode",
    "statecode" = s."statecode",
    "ownerid" = s."ownerid",
    "ownerid_entitytype" = s."ownerid_entitytype",
    "parentid" = s."parentid",
    "parentid_entitytype" = s."parentid_entitytype",
    "stageid" = s."stageid",
    "owneridtype" = s."owneridtype",
    "colours" = s."colours",
    "to" = s."to"
FROM pg_temp.stage_1 AS s WHERE t."id" = s."id";

-- copy rows that send the same columns
COPY pg_temp.stage_1 ("id",
    "sinkmodifiedon",
    "modifiedon",
    "name",
    "description",
    "quantity",
    "isactive")
FROM STDIN (FORMAT BINARY);

-- write rows that send the same columns
UPDATE "dbo"."crm_sample" AS t SET "sinkmodifiedon" = s."sinkmodifiedon",
    "modifiedon" = s."modifiedon",
    "versionnumber" = NULL,
    "name" = s."name",
    "description" = s."description",
    "quantity" = s."quantity",
    "isactive" = s."isactive"
FROM pg_temp.stage_1 AS s WHERE t."id" = s."id";

-- copy rows that send different columns
COPY pg_temp.stage_1 ("id",
    "sinkmodifiedon",
    "modifiedon",
    "sent columns 0",
    "name",
    "description",
    "quantity",
    "isactive")
FROM STDIN (FORMAT BINARY);

-- write rows that send different columns
UPDATE "dbo"."crm_sample" AS t SET "sinkmodifiedon" = s."sinkmodifiedon",
    "modifiedon" = s."modifiedon",
    "versionnumber" = NULL,
    "name" = CASE WHEN (s."sent columns 0" & 1) <> 0 THEN s."name" ELSE t."name" END,
    "description" = CASE WHEN (s."sent columns 0" & 2) <> 0 THEN s."description" ELSE t."description" END,
    "quantity" = CASE WHEN (s."sent columns 0" & 4) <> 0 THEN s."quantity" ELSE t."quantity" END,
    "isactive" = CASE WHEN (s."sent columns 0" & 8) <> 0 THEN s."isactive" ELSE t."isactive" END
FROM pg_temp.stage_1 AS s WHERE t."id" = s."id";
