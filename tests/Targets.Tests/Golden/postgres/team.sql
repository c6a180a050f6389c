-- create table
CREATE TABLE "dbo"."crm_team" (
    "id" uuid NOT NULL,
    "sinkcreatedon" timestamp(3) without time zone,
    "sinkmodifiedon" timestamp(3) without time zone,
    "membershiptype" integer,
    "teamtype" integer,
    "isdefault" boolean,
    "issastokenset" boolean,
    "systemmanaged" boolean,
    "administratorid" uuid,
    "administratorid_entitytype" varchar(128),
    "businessunitid" uuid,
    "businessunitid_entitytype" varchar(128),
    "createdby" uuid,
    "createdby_entitytype" varchar(128),
    "createdonbehalfby" uuid,
    "createdonbehalfby_entitytype" varchar(128),
    "delegatedauthorizationid" uuid,
    "delegatedauthorizationid_entitytype" varchar(128),
    "modifiedby" uuid,
    "modifiedby_entitytype" varchar(128),
    "modifiedonbehalfby" uuid,
    "modifiedonbehalfby_entitytype" varchar(128),
    "queueid" uuid,
    "queueid_entitytype" varchar(128),
    "regardingobjectid" uuid,
    "regardingobjectid_entitytype" varchar(128),
    "teamtemplateid" uuid,
    "teamtemplateid_entitytype" varchar(128),
    "transactioncurrencyid" uuid,
    "transactioncurrencyid_entitytype" varchar(128),
    "azureactivedirectoryobjectid" uuid,
    "createdon" timestamp(3) without time zone,
    "description" text,
    "emailaddress" varchar(100),
    "exchangerate" numeric(38,12),
    "importsequencenumber" integer,
    "modifiedon" timestamp(3) without time zone,
    "name" varchar(160),
    "organizationid" uuid,
    "overriddencreatedon" timestamp(3) without time zone,
    "processid" uuid,
    "sharelinkqualifier" varchar(1250),
    "stageid" uuid,
    "teamid" uuid,
    "traversedpath" varchar(1250),
    "versionnumber" bigint,
    "yominame" varchar(160),
    CONSTRAINT "epk[dbo].[crm_team]" PRIMARY KEY ("id")
) WITH (toast_tuple_target = 8160);

-- first state
INSERT INTO "dbo"."crm_tablesync" (EntityName, Phase, RowsDone, RowsTotal, IsResync, HighestVersion)
SELECT $1, 0, 0, 0, false, GREATEST(
    (SELECT MAX(VersionNumber) FROM "dbo"."crm_team"),
    (SELECT MAX(VersionNumber) FROM "dbo"."crm_deletelog" WHERE EntityName = $1), 0)
WHERE NOT EXISTS (SELECT 1 FROM "dbo"."crm_tablesync" WHERE EntityName = $1);

-- held rows
SELECT k.n, t.* FROM unnest($1) WITH ORDINALITY AS k (Id, n) CROSS JOIN LATERAL (
    SELECT r.VersionNumber, r."modifiedon", r.SinkModifiedOn FROM "dbo"."crm_team" AS r
    WHERE r.Id = k.Id OFFSET 0) AS t;

-- delete rows
DELETE FROM "dbo"."crm_team" WHERE Id = ANY ($1);

-- oldest questions
SELECT p.RecordId, p.Reason, p.QuestionNumber, p.AskedOn,
    CASE WHEN r.Id IS NOT NULL THEN r.SinkModifiedOn
    ELSE (
        SELECT d.SinkDeleteTime FROM "dbo"."crm_deletelog" AS d
        WHERE d.EntityName = p.EntityName AND d.RecordId = p.RecordId::text ORDER BY d.Id DESC LIMIT 1)
    END
FROM "dbo"."crm_pending" AS p LEFT JOIN LATERAL (
    SELECT t.Id, t.SinkModifiedOn FROM "dbo"."crm_team" AS t WHERE t.Id = p.RecordId OFFSET 0) AS r ON true
WHERE p.EntityName = $1 AND p.QuestionNumber > $2 ORDER BY p.QuestionNumber LIMIT $3;

-- first rows that a resync did not meet
SELECT Id FROM "dbo"."crm_team"
WHERE (SinkModifiedOn < $1 OR SinkModifiedOn IS NULL) ORDER BY Id LIMIT $2;

-- next rows that a resync did not meet
SELECT Id FROM "dbo"."crm_team"
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
    SELECT r.Id, r.VersionNumber, r.SinkModifiedOn FROM "dbo"."crm_team" AS r
    WHERE r.Id = k.Id OFFSET 0) AS t ON true
LEFT JOIN LATERAL (
    SELECT true AS IsAsked FROM "dbo"."crm_pending" AS q
    WHERE q.EntityName = $2 AND q.RecordId = k.Id OFFSET 0) AS p ON true;

-- first ids
SELECT Id FROM "dbo"."crm_team" ORDER BY Id LIMIT $1;

-- next ids
SELECT Id FROM "dbo"."crm_team" WHERE Id > $2 ORDER BY Id LIMIT $1;

-- rows of other cells
SELECT Id, Places FROM (
    SELECT s."id" AS Id, array_remove(ARRAY[
        CASE WHEN t."membershiptype" IS DISTINCT FROM s."membershiptype" THEN 0 END,
        CASE WHEN t."teamtype" IS DISTINCT FROM s."teamtype" THEN 1 END,
        CASE WHEN t."isdefault" IS DISTINCT FROM s."isdefault" THEN 2 END,
        CASE WHEN t."issastokenset" IS DISTINCT FROM s."issastokenset" THEN 3 END,
        CASE WHEN t."systemmanaged" IS DISTINCT FROM s."systemmanaged" THEN 4 END,
        CASE WHEN t."administratorid" IS DISTINCT FROM s."administratorid" THEN 5 END,
        CASE WHEN t."administratorid_entitytype" COLLATE "C" IS DISTINCT
FROM s."administratorid_entitytype" COLLATE "C" THEN 6 END,
        CASE WHEN t."businessunitid" IS DISTINCT FROM s."businessunitid" THEN 7 END,
        CASE WHEN t."businessunitid_entitytype" COLLATE "C" IS DISTINCT
FROM s."businessunitid_entitytype" COLLATE "C" THEN 8 END,
        CASE WHEN t."createdby" IS DISTINCT FROM s."createdby" THEN 9 END,
        CASE WHEN t."createdby_entitytype" COLLATE "C" IS DISTINCT
FROM s."createdby_entitytype" COLLATE "C" THEN 10 END,
        CASE WHEN t."createdonbehalfby" IS DISTINCT FROM s."createdonbehalfby" THEN 11 END,
        CASE WHEN t."createdonbehalfby_entitytype" COLLATE "C" IS DISTINCT
FROM s."createdonbehalfby_entitytype" COLLATE "C" THEN 12 END,
        CASE WHEN t."delegatedauthorizationid" IS DISTINCT FROM s."delegatedauthorizationid" THEN 13 END,
        CASE WHEN t."delegatedauthorizationid_entitytype" COLLATE "C" IS DISTINCT
FROM s."delegatedauthorizationid_entitytype" COLLATE "C" THEN 14 END,
        CASE WHEN t."modifiedby" IS DISTINCT FROM s."modifiedby" THEN 15 END,
        CASE WHEN t."modifiedby_entitytype" COLLATE "C" IS DISTINCT
FROM s."modifiedby_entitytype" COLLATE "C" THEN 16 END,
        CASE WHEN t."modifiedonbehalfby" IS DISTINCT FROM s."modifiedonbehalfby" THEN 17 END,
        CASE WHEN t."modifiedonbehalfby_entitytype" COLLATE "C" IS DISTINCT
FROM s."modifiedonbehalfby_entitytype" COLLATE "C" THEN 18 END,
        CASE WHEN t."queueid" IS DISTINCT FROM s."queueid" THEN 19 END,
        CASE WHEN t."queueid_entitytype" COLLATE "C" IS DISTINCT FROM s."queueid_entitytype" COLLATE "C" THEN 20 END,
        CASE WHEN t."regardingobjectid" IS DISTINCT FROM s."regardingobjectid" THEN 21 END,
        CASE WHEN t."regardingobjectid_entitytype" COLLATE "C" IS DISTINCT
FROM s."regardingobjectid_entitytype" COLLATE "C" THEN 22 END,
        CASE WHEN t."teamtemplateid" IS DISTINCT FROM s."teamtemplateid" THEN 23 END,
        CASE WHEN t."teamtemplateid_entitytype" COLLATE "C" IS DISTINCT
FROM s."teamtemplateid_entitytype" COLLATE "C" THEN 24 END,
        CASE WHEN t."transactioncurrencyid" IS DISTINCT FROM s."transactioncurrencyid" THEN 25 END,
        CASE WHEN t."transactioncurrencyid_entitytype" COLLATE "C" IS DISTINCT
FROM s."transactioncurrencyid_entitytype" COLLATE "C" THEN 26 END,
        CASE WHEN t."azureactivedirectoryobjectid" IS DISTINCT FROM s."azureactivedirectoryobjectid" THEN 27 END,
        CASE WHEN t."createdon" IS DISTINCT FROM s."createdon" THEN 28 END,
        CASE WHEN t."description" COLLATE "C" IS DISTINCT FROM s."description" COLLATE "C" THEN 29 END,
        CASE WHEN t."emailaddress" COLLATE "C" IS DISTINCT FROM s."emailaddress" COLLATE "C" THEN 30 END,
        CASE WHEN t."exchangerate" IS DISTINCT FROM s."exchangerate" THEN 31 END,
        CASE WHEN t."importsequencenumber" IS DISTINCT FROM s."importsequencenumber" THEN 32 END,
        CASE WHEN t."modifiedon" IS DISTINCT FROM s."modifiedon" THEN 33 END,
        CASE WHEN t."name" COLLATE "C" IS DISTINCT FROM s."name" COLLATE "C" THEN 34 END,
        CASE WHEN t."organizationid" IS DISTINCT FROM s."organizationid" THEN 35 END,
        CASE WHEN t."overriddencreatedon" IS DISTINCT FROM s."overriddencreatedon" THEN 36 END,
        CASE WHEN t."processid" IS DISTINCT FROM s."processid" THEN 37 END,
        CASE WHEN t."sharelinkqualifier" COLLATE "C" IS DISTINCT FROM s."sharelinkqualifier" COLLATE "C" THEN 38 END,
        CASE WHEN t."stageid" IS DISTINCT FROM s."stageid" THEN 39 END,
        CASE WHEN t."teamid" IS DISTINCT FROM s."teamid" THEN 40 END,
        CASE WHEN t."traversedpath" COLLATE "C" IS DISTINCT FROM s."traversedpath" COLLATE "C" THEN 41 END,
        CASE WHEN t."yominame" COLLATE "C" IS DISTINCT
FROM s."yominame" COLLATE "C" THEN 42 END]::integer[],
    NULL) AS Places
    FROM pg_temp.stage_1 AS s CROSS JOIN LATERAL (
        SELECT * FROM "dbo"."crm_team" AS r
        WHERE r."id" = s."id" AND r."versionnumber" = s."versionnumber" OFFSET 0) AS t) AS d
WHERE cardinality(Places) > 0;

-- what a page looks for
SELECT date_trunc('milliseconds', clock_timestamp() AT TIME ZONE 'UTC'), Phase, HighestVersion, LastQuestion,
    NOT EXISTS (SELECT 1 FROM "dbo"."crm_deletelog" WHERE EntityName = $1)
        AND NOT EXISTS (SELECT 1 FROM "dbo"."crm_pending" WHERE EntityName = $1)
        AND NOT EXISTS (SELECT 1 FROM "dbo"."crm_team" WHERE Id = ANY ($2)),
    EXISTS (
        SELECT 1 FROM unnest($2, $3) AS e (Id, Version)
        CROSS JOIN LATERAL (SELECT r.VersionNumber FROM "dbo"."crm_team" AS r WHERE r.Id = e.Id OFFSET 0) AS t
        WHERE COALESCE(t.VersionNumber >= e.Version, true))
FROM "dbo"."crm_tablesync" WHERE EntityName = $1;

-- rows of a page over older ones
UPDATE "dbo"."crm_team" AS t SET "sinkmodifiedon" = s."sinkmodifiedon",
    "administratorid" = s."administratorid",
    "administratorid_entitytype" = s."administratorid_entitytype",
    "azureactivedirectoryobjectid" = s."azureactivedirectoryobjectid",
    "businessunitid" = s."businessunitid",
    "businessunitid_entitytype" = s."businessunitid_entitytype",
    "createdby" = s."createdby",
    "createdby_entitytype" = s."createdby_entitytype",
    "createdon" = s."createdon",
    "createdonbehalfby" = s."createdonbehalfby",
    "createdonbehalfby_entitytype" = s."createdonbehalfby_entitytype",
    "delegatedauthorizationid" = s."delegatedauthorizationid",
    "delegatedauthorizationid_entitytype" = s."delegatedauthorizationid_entitytype",
    "description" = s."description",
    "emailaddress" = s."emailaddress",
    "exchangerate" = s."exchangerate",
    "importsequencenumber" = s."importsequencenumber",
    "isdefault" = s."isdefault",
    "issastokenset" = s."issastokenset",
    "membershiptype" = s."membershiptype",
    "modifiedby" = s."modifiedby",
    "modifiedby_entitytype" = s."modifiedby_entitytype",
    "modifiedon" = s."modifiedon",
    "modifiedonbehalfby" = s."modifiedonbehalfby",
    "modifiedonbehalfby_entitytype" = s."modifiedonbehalfby_entitytype",
    "name" = s."name",
    "organizationid" = s."organizationid",
    "overriddencreatedon" = s."overriddencreatedon",
    "processid" = s."processid",
    "queueid" = s."queueid",
    "queueid_entitytype" = s."queueid_entitytype",
    "regardingobjectid" = s."regardingobjectid",
    "regardingobjectid_entitytype" = s."regardingobjectid_entitytype",
    "sharelinkqualifier" = s."sharelinkqualifier",
    "stageid" = s."stageid",
    "systemmanaged" = s."systemmanaged",
    "teamid" = s."teamid",
    "teamtemplateid" = s."teamtemplateid",
    "teamtemplateid_entitytype" = s."teamtemplateid_entitytype",
    "teamtype" = s."teamtype",
    "transactioncurrencyid" = s."transactioncurrencyid",
    "transactioncurrencyid_entitytype" = s."transactioncurrencyid_entitytype",
    "traversedpath" = s."traversedpath",
    "versionnumber" = s."versionnumber",
    "yominame" = s."yominame"
FROM pg_temp.stage_1 AS s WHERE t."id" = s."id" AND t."versionnumber" < s."versionnumber" AND COALESCE(t."sinkmodifiedon" <= s."sinkmodifiedon" - interval '4 ms',
    true);

-- rows of a page that are new
INSERT INTO "dbo"."crm_team" ("id",
    "sinkcreatedon",
    "sinkmodifiedon",
    "membershiptype",
    "teamtype",
    "isdefault",
    "issastokenset",
    "systemmanaged",
    "administratorid",
    "administratorid_entitytype",
    "businessunitid",
    "businessunitid_entitytype",
    "createdby",
    "createdby_entitytype",
    "createdonbehalfby",
    "createdonbehalfby_entitytype",
    "delegatedauthorizationid",
    "delegatedauthorizationid_entitytype",
    "modifiedby",
    "modifiedby_entitytype",
    "modifiedonbehalfby",
    "modifiedonbehalfby_entitytype",
    "queueid",
    "queueid_entitytype",
    "regardingobjectid",
    "regardingobjectid_entitytype",
    "teamtemplateid",
    "teamtemplateid_entitytype",
    "transactioncurrencyid",
    "transactioncurrencyid_entitytype",
    "azureactivedirectoryobjectid",
    "createdon",
    "description",
    "emailaddress",
    "exchangerate",
    "importsequencenumber",
    "modifiedon",
    "name",
    "organizationid",
    "overriddencreatedon",
    "processid",
    "sharelinkqualifier",
    "stageid",
    "teamid",
    "traversedpath",
    "versionnumber",
    "yominame") SELECT "id",
    "sinkcreatedon",
    "sinkmodifiedon",
    "membershiptype",
    "teamtype",
    "isdefault",
    "issastokenset",
    "systemmanaged",
    "administratorid",
    "administratorid_entitytype",
    "businessunitid",
    "businessunitid_entitytype",
    "createdby",
    "createdby_entitytype",
    "createdonbehalfby",
    "createdonbehalfby_entitytype",
    "delegatedauthorizationid",
    "delegatedauthorizationid_entitytype",
    "modifiedby",
    "modifiedby_entitytype",
    "modifiedonbehalfby",
    "modifiedonbehalfby_entitytype",
    "queueid",
    "queueid_entitytype",
    "regardingobjectid",
    "regardingobjectid_entitytype",
    "teamtemplateid",
    "teamtemplateid_entitytype",
    "transactioncurrencyid",
    "transactioncurrencyid_entitytype",
    "azureactivedirectoryobjectid",
    "createdon",
    "description",
    "emailaddress",
    "exchangerate",
    "importsequencenumber",
    "modifiedon",
    "name",
    "organizationid",
    "overriddencreatedon",
    "processid",
    "sharelinkqualifier",
    "stageid",
    "teamid",
    "traversedpath",
    "versionnumber",
    "yominame"
FROM pg_temp.stage_1 AS s
WHERE NOT EXISTS (SELECT 1 FROM "dbo"."crm_team" AS t WHERE t.Id = s.Id OFFSET 0)
    AND (NOT EXISTS (SELECT 1 FROM "dbo"."crm_deletelog" WHERE EntityName = $1)
        OR NOT EXISTS (
            SELECT 1 FROM "dbo"."crm_deletelog" AS d
            WHERE d.EntityName = $1 AND d.RecordId = s.Id::text OFFSET 0));

-- copy new rows
COPY "dbo"."crm_team" ("id",
    "sinkcreatedon",
    "sinkmodifiedon",
    "administratorid",
    "administratorid_entitytype",
    "azureactivedirectoryobjectid",
    "businessunitid",
    "businessunitid_entitytype",
    "createdby",
    "createdby_entitytype",
    "createdon",
    "createdonbehalfby",
    "createdonbehalfby_entitytype",
    "delegatedauthorizationid",
    "delegatedauthorizationid_entitytype",
    "description",
    "emailaddress",
    "exchangerate",
    "importsequencenumber",
    "isdefault",
    "issastokenset",
    "membershiptype",
    "modifiedby",
    "modifiedby_entitytype",
    "modifiedon",
    "modifiedonbehalfby",
    "modifiedonbehalfby_entitytype",
    "name",
    "organizationid",
    "overriddencreatedon",
    "processid",
    "queueid",
    "queueid_entitytype",
    "regardingobjectid",
    "regardingobjectid_entitytype",
    "sharelinkqualifier",
    "stageid",
    "systemmanaged",
    "teamid",
    "teamtemplateid",
    "teamtemplateid_entitytype",
    "teamtype",
    "transactioncurrencyid",
    "transactioncurrencyid_entitytype",
    "traversedpath",
    "versionnumber",
    "yominame")
FROM STDIN (FORMAT BINARY);

-- stage
CREATE TEMPORARY TABLE pg_temp.stage_1 WITH (toast_tuple_target = 8160) ON COMMIT DELETE ROWS AS SELECT "id",
    "sinkcreatedon",
    "sinkmodifiedon",
    "membershiptype",
    "teamtype",
    "isdefault",
    "issastokenset",
    "systemmanaged",
    "administratorid",
    "administratorid_entitytype",
    "businessunitid",
    "businessunitid_entitytype",
    "createdby",
    "createdby_entitytype",
    "createdonbehalfby",
    "createdonbehalfby_entitytype",
    "delegatedauthorizationid",
    "delegatedauthorizationid_entitytype",
    "modifiedby",
    "modifiedby_entitytype",
    "modifiedonbehalfby",
    "modifiedonbehalfby_entitytype",
    "queueid",
    "queueid_entitytype",
    "regardingobjectid",
    "regardingobjectid_entitytype",
    "teamtemplateid",
    "teamtemplateid_entitytype",
    "transactioncurrencyid",
    "transactioncurrencyid_entitytype",
    "azureactivedirectoryobjectid",
    "createdon",
    "description",
    "emailaddress",
    "exchangerate",
    "importsequencenumber",
    "modifiedon",
    "name",
    "organizationid",
    "overriddencreatedon",
    "processid",
    "sharelinkqualifier",
    "stageid",
    "teamid",
    "traversedpath",
    "versionnumber",
    "yominame",
    0::bigint AS "sent columns 0"
FROM "dbo"."crm_team" WITH NO DATA;

-- copy whole rows
COPY pg_temp.stage_1 ("id",
    "sinkcreatedon",
    "sinkmodifiedon",
    "administratorid",
    "administratorid_entitytype",
    "azureactivedirectoryobjectid",
    "businessunitid",
    "businessunitid_entitytype",
    "createdby",
    "createdby_entitytype",
    "createdon",
    "createdonbehalfby",
    "createdonbehalfby_entitytype",
    "delegatedauthorizationid",
    "delegatedauthorizationid_entitytype",
    "description",
    "emailaddress",
    "exchangerate",
    "importsequencenumber",
    "isdefault",
    "issastokenset",
    "membershiptype",
    "modifiedby",
    "modifiedby_entitytype",
    "modifiedon",
    "modifiedonbehalfby",
    "modifiedonbehalfby_entitytype",
    "name",
    "organizationid",
    "overriddencreatedon",
    "processid",
    "queueid",
    "queueid_entitytype",
    "regardingobjectid",
    "regardingobjectid_entitytype",
    "sharelinkqualifier",
    "stageid",
    "systemmanaged",
    "teamid",
    "teamtemplateid",
    "teamtemplateid_entitytype",
    "teamtype",
    "transactioncurrencyid",
    "transactioncurrencyid_entitytype",
    "traversedpath",
    "versionnumber",
    "yominame")
FROM STDIN (FORMAT BINARY);

-- write whole rows
UPDATE "dbo"."crm_team" AS t SET "sinkmodifiedon" = s."sinkmodifiedon",
    "administratorid" = s."administratorid",
    "administratorid_entitytype" = s."administratorid_entitytype",
    "azureactivedirectoryobjectid" = s."azureactivedirectoryobjectid",
    "businessunitid" = s."businessunitid",
    "businessunitid_entitytype" = s."businessunitid_entitytype",
    "createdby" = s."createdby",
    "createdby_entitytype" = s."createdby_entitytype",
    "createdon" = s."createdon",
    "createdonbehalfby" = s."createdonbehalfby",
    "createdonbehalfby_entitytype" = s."createdonbehalfby_entitytype",
    "delegatedauthorizationid" = s."delegatedauthorizationid",
    "delegatedauthorizationid_entitytype" = s."delegatedauthorizationid_entitytype",
    "description" = s."description",
    "emailaddress" = s."emailaddress",
    "exchangerate" = s."exchangerate",
    "importsequencenumber" = s."importsequencenumber",
    "isdefault" = s."isdefault",
    "issastokenset" = s."issastokenset",
    "membershiptype" = s."membershiptype",
    "modifiedby" = s."modifiedby",
    "modifiedby_entitytype" = s."modifiedby_entitytype",
    "modifiedon" = s."modifiedon",
    "modifiedonbehalfby" = s."modifiedonbehalfby",
    "modifiedonbehalfby_entitytype" = s."modifiedonbehalfby_entitytype",
    "name" = s."name",
    "organizationid" = s."organizationid",
    "overriddencreatedon" = s."overriddencreatedon",
    "processid" = s."processid",
    "queueid" = s."queueid",
    "queueid_entitytype" = s."queueid_entitytype",
    "regardingobjectid" = s."regardingobjectid",
    "regardingobjectid_entitytype" = s."regardingobjectid_entitytype",
    "sharelinkqualifier" = s."sharelinkqualifier",
    "stageid" = s."stageid",
    "systemmanaged" = s."systemmanaged",
    "teamid" = s."teamid",
    "teamtemplateid" = s."teamtemplateid",
    "teamtemplateid_entitytype" = s."teamtemplateid_entitytype",
    "teamtype" = s."teamtype",
    "transactioncurrencyid" = s."transactioncurrencyid",
    "transactioncurrencyid_entitytype" = s."transactioncurrencyid_entitytype",
    "traversedpath" = s."traversedpath",
    "versionnumber" = s."versionnumber",
    "yominame" = s."yominame"
FROM pg_temp.stage_1 AS s WHERE t."id" = s."id";

-- copy rows that send the same columns
COPY pg_temp.stage_1 ("id",
    "sinkmodifiedon",
    "modifiedon",
    "administratorid",
    "administratorid_entitytype",
    "azureactivedirectoryobjectid",
    "createdon",
    "description")
FROM STDIN (FORMAT BINARY);

-- write rows that send the same columns
UPDATE "dbo"."crm_team" AS t SET "sinkmodifiedon" = s."sinkmodifiedon",
    "modifiedon" = s."modifiedon",
    "versionnumber" = NULL,
    "administratorid" = s."administratorid",
    "administratorid_entitytype" = s."administratorid_entitytype",
    "azureactivedirectoryobjectid" = s."azureactivedirectoryobjectid",
    "createdon" = s."createdon",
    "description" = s."description"
FROM pg_temp.stage_1 AS s WHERE t."id" = s."id";

-- copy rows that send different columns
COPY pg_temp.stage_1 ("id",
    "sinkmodifiedon",
    "modifiedon",
    "sent columns 0",
    "administratorid",
    "administratorid_entitytype",
    "azureactivedirectoryobjectid",
    "createdon",
    "description")
FROM STDIN (FORMAT BINARY);

-- write rows that send different columns
UPDATE "dbo"."crm_team" AS t SET "sinkmodifiedon" = s."sinkmodifiedon",
    "modifiedon" = s."modifiedon",
    "versionnumber" = NULL,
    "administratorid" = CASE WHEN (s."sent columns 0" & 1) <> 0 THEN s."administratorid" ELSE t."administratorid" END,
    "administratorid_entitytype" = CASE WHEN (s."sent columns 0" & 1) <> 0 THEN s."administratorid_entitytype" ELSE t."administratorid_entitytype" END,
    "azureactivedirectoryobjectid" = CASE WHEN (s."sent columns 0" & 2) <> 0 THEN s."azureactivedirectoryobjectid" ELSE t."azureactivedirectoryobjectid" END,
    "createdon" = CASE WHEN (s."sent columns 0" & 4) <> 0 THEN s."createdon" ELSE t."createdon" END,
    "description" = CASE WHEN (s."sent columns 0" & 8) <> 0 THEN s."description" ELSE t."description" END
FROM pg_temp.stage_1 AS s WHERE t."id" = s."id";
