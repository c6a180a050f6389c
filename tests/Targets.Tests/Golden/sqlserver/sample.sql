-- statement 0
SELECT t."Id", t."versionnumber", t."modifiedon", t."SinkModifiedOn"
FROM @Ids AS k INNER JOIN "dbo"."crm_sample" AS t WITH (UPDLOCK, HOLDLOCK) ON t."Id" = k."Id";

-- statement 1
IF @@TRANCOUNT = 0 RETURN;
DELETE FROM "dbo"."crm_sample" WHERE "Id" IN (SELECT k."Id" FROM @Ids AS k);

-- statement 2
IF @@TRANCOUNT = 0 RETURN;
INSERT INTO "dbo"."crm_sample" ("Id",
    "SinkCreatedOn",
    "SinkModifiedOn",
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
SELECT "Id",
    "SinkCreatedOn",
    "SinkModifiedOn",
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
    "to"
FROM @Rows;

-- statement 3
IF @@TRANCOUNT = 0 RETURN;
UPDATE t SET "SinkModifiedOn" = s."SinkModifiedOn",
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
FROM "dbo"."crm_sample" AS t INNER JOIN @Rows AS s ON t."Id" = s."Id";

-- statement 4
CREATE TABLE "dbo"."crm_sample$stageac993a0f829113c6" ("Id" uniqueidentifier NULL,
    "SinkCreatedOn" datetime NULL,
    "SinkModifiedOn" datetime NULL,
    "statecode" int NULL,
    "statuscode" int NULL,
    "industry" int NULL,
    "region" int NULL,
    "isactive" bit NULL,
    "ownerid" uniqueidentifier NULL,
    "ownerid_entitytype" nvarchar(128) NULL,
    "parentid" uniqueidentifier NULL,
    "parentid_entitytype" nvarchar(128) NULL,
    "to" uniqueidentifier NULL,
    "revenue" decimal(38,2) NULL,
    "sampleid" uniqueidentifier NULL,
    "name" nvarchar(100) NULL,
    "description" nvarchar(max) NULL,
    "quantity" int NULL,
    "versionnumber" bigint NULL,
    "modifiedon" datetime NULL,
    "birthdate" datetime NULL,
    "rate" decimal(38,10) NULL,
    "latitude" decimal(38,5) NULL,
    "stageid" uniqueidentifier NULL,
    "owneridtype" nvarchar(4000) NULL,
    "colours" nvarchar(4000) NULL);

-- statement 5
SELECT "Phase", "HighestVersion", "LastQuestion",
    CASE WHEN EXISTS (SELECT 1 FROM "dbo"."crm_DeleteLog" WHERE "EntityName" = @EntityName)
        OR EXISTS (SELECT 1 FROM "dbo"."crm_Pending" WHERE "EntityName" = @EntityName)
        OR EXISTS (SELECT 1 FROM "dbo"."crm_sample" WHERE "Id" = @First)
        OR EXISTS (SELECT 1 FROM "dbo"."crm_sample" WHERE "Id" = @Last) THEN 1 ELSE 0 END,
    CASE WHEN EXISTS (
    SELECT 1 FROM "dbo"."crm_sample" AS t
    WHERE t."Id" = @First AND (t."versionnumber" IS NULL OR t."versionnumber" >= @FirstVersion))
        OR EXISTS (
    SELECT 1 FROM "dbo"."crm_sample" AS t
    WHERE t."Id" = @Last AND (t."versionnumber" IS NULL OR t."versionnumber" >= @LastVersion)) THEN 1 ELSE 0 END,
    OBJECT_ID(@Stage)
FROM "dbo"."crm_TableSync" WHERE "EntityName" = @EntityName;

-- statement 6
DECLARE @Written int;
UPDATE t SET "SinkModifiedOn" = s."SinkModifiedOn",
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
FROM "dbo"."crm_sample" AS t INNER JOIN "dbo"."crm_sample$stageac993a0f829113c6" AS s ON t."Id" = s."Id"
WHERE t."versionnumber" < s."versionnumber"
    AND t."SinkModifiedOn" < s."SinkModifiedOn";
SET @Written = @@ROWCOUNT;
INSERT INTO "dbo"."crm_sample" ("Id",
    "SinkCreatedOn",
    "SinkModifiedOn",
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
    "colours")
SELECT "Id",
    "SinkCreatedOn",
    "SinkModifiedOn",
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
FROM "dbo"."crm_sample$stageac993a0f829113c6" AS s
WHERE NOT EXISTS (SELECT 1 FROM "dbo"."crm_sample" AS t WITH (UPDLOCK, HOLDLOCK) WHERE t."Id" = s."Id")
    AND (NOT EXISTS (SELECT 1 FROM "dbo"."crm_DeleteLog" WHERE "EntityName" = @EntityName)
        OR NOT EXISTS (
            SELECT 1 FROM "dbo"."crm_DeleteLog" AS d
            WHERE d."EntityName" = @EntityName
                AND d."RecordId" IN (LOWER(CONVERT(nvarchar(36), s."Id")), UPPER(CONVERT(nvarchar(36), s."Id")))));
SET @Written = @Written + @@ROWCOUNT;
IF EXISTS (SELECT 1 FROM "dbo"."crm_Pending" WHERE "EntityName" = @EntityName)
    DELETE FROM "dbo"."crm_Pending"
    WHERE "EntityName" = @EntityName AND "AskedOn" < @Began
        AND "RecordId" IN (SELECT s."Id" FROM "dbo"."crm_sample$stageac993a0f829113c6" AS s);
TRUNCATE TABLE "dbo"."crm_sample$stageac993a0f829113c6";
UPDATE "dbo"."crm_TableSync" SET "HighestVersion" = @HighestVersion WHERE "EntityName" = @EntityName
    AND ("HighestVersion" IS NULL OR "HighestVersion" < @HighestVersion);
SELECT @Written;

-- statement 7
SELECT TOP (@RowsMax) p."RecordId", p."Reason", p."QuestionNumber", p."AskedOn",
    CASE WHEN r."Id" IS NOT NULL THEN r."SinkModifiedOn"
    ELSE (
        SELECT d."SinkDeleteTime" FROM "dbo"."crm_DeleteLog" AS d
        WHERE d."Id" = (
            SELECT MAX(e."Id") FROM "dbo"."crm_DeleteLog" AS e
            WHERE e."EntityName" = @EntityName
                AND e."RecordId" IN (LOWER(CONVERT(nvarchar(36),
    p."RecordId")),
    UPPER(CONVERT(nvarchar(36),
    p."RecordId")))))
    END
FROM "dbo"."crm_Pending" AS p LEFT JOIN "dbo"."crm_sample" AS r ON r."Id" = p."RecordId"
WHERE p."EntityName" = @EntityName AND p."QuestionNumber" > @AfterNumber
ORDER BY p."QuestionNumber"
OPTION (FORCE ORDER, LOOP JOIN);

-- statement 8
SELECT TOP (@RowsMax) "Id" FROM "dbo"."crm_sample"
WHERE "Id" > @AfterId AND ("SinkModifiedOn" < @Began OR "SinkModifiedOn" IS NULL) ORDER BY "Id";

-- statement 9
SELECT COUNT_BIG(*) FROM "dbo"."crm_sample";

-- statement 10
SELECT "Id" FROM "dbo"."crm_sample" WHERE "to" = @Value;

-- statement 11
SELECT k."Id", CASE WHEN t."Id" IS NULL THEN 0 ELSE 1 END, t."versionnumber",
    CASE WHEN t."Id" IS NOT NULL THEN t."SinkModifiedOn"
    ELSE (
        SELECT d."SinkDeleteTime" FROM "dbo"."crm_DeleteLog" AS d
        WHERE d."Id" = (
            SELECT MAX(e."Id") FROM "dbo"."crm_DeleteLog" AS e
            WHERE e."EntityName" = @EntityName
                AND e."RecordId" IN (LOWER(CONVERT(nvarchar(36), k."Id")), UPPER(CONVERT(nvarchar(36), k."Id")))))
    END,
    CASE WHEN p."RecordId" IS NULL THEN 0 ELSE 1 END
FROM @Ids AS k
LEFT JOIN "dbo"."crm_sample" AS t ON t."Id" = k."Id"
LEFT JOIN "dbo"."crm_Pending" AS p ON p."EntityName" = @EntityName AND p."RecordId" = k."Id"
OPTION (FORCE ORDER, LOOP JOIN);

-- statement 12
SELECT TOP (@RowsMax) "Id" FROM "dbo"."crm_sample" ORDER BY "Id";

-- statement 13
SELECT TOP (@RowsMax) "Id" FROM "dbo"."crm_sample" WHERE "Id" > @AfterId ORDER BY "Id";

-- statement 14
SELECT s."Id",
    CASE WHEN (t."statecode" = s."statecode") OR (t."statecode" IS NULL AND s."statecode" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."statuscode" = s."statuscode") OR (t."statuscode" IS NULL AND s."statuscode" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."industry" = s."industry") OR (t."industry" IS NULL AND s."industry" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."region" = s."region") OR (t."region" IS NULL AND s."region" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."isactive" = s."isactive") OR (t."isactive" IS NULL AND s."isactive" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."ownerid" = s."ownerid") OR (t."ownerid" IS NULL AND s."ownerid" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."ownerid_entitytype" COLLATE Latin1_General_BIN2 = s."ownerid_entitytype" COLLATE Latin1_General_BIN2 AND DATALENGTH(t."ownerid_entitytype") = DATALENGTH(s."ownerid_entitytype")) OR (t."ownerid_entitytype" IS NULL AND s."ownerid_entitytype" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."parentid" = s."parentid") OR (t."parentid" IS NULL AND s."parentid" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."parentid_entitytype" COLLATE Latin1_General_BIN2 = s."parentid_entitytype" COLLATE Latin1_General_BIN2 AND DATALENGTH(t."parentid_entitytype") = DATALENGTH(s."parentid_entitytype")) OR (t."parentid_entitytype" IS NULL AND s."parentid_entitytype" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."to" = s."to") OR (t."to" IS NULL AND s."to" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."revenue" = s."revenue") OR (t."revenue" IS NULL AND s."revenue" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."sampleid" = s."sampleid") OR (t."sampleid" IS NULL AND s."sampleid" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."name" COLLATE Latin1_General_BIN2 = s."name" COLLATE Latin1_General_BIN2 AND DATALENGTH(t."name") = DATALENGTH(s."name")) OR (t."name" IS NULL AND s."name" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."description" COLLATE Latin1_General_BIN2 = s."description" COLLATE Latin1_General_BIN2 AND DATALENGTH(t."description") = DATALENGTH(s."description")) OR (t."description" IS NULL AND s."description" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."quantity" = s."quantity") OR (t."quantity" IS NULL AND s."quantity" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."modifiedon" = s."modifiedon") OR (t."modifiedon" IS NULL AND s."modifiedon" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."birthdate" = s."birthdate") OR (t."birthdate" IS NULL AND s."birthdate" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."rate" = s."rate") OR (t."rate" IS NULL AND s."rate" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."latitude" = s."latitude") OR (t."latitude" IS NULL AND s."latitude" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."stageid" = s."stageid") OR (t."stageid" IS NULL AND s."stageid" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."owneridtype" COLLATE Latin1_General_BIN2 = s."owneridtype" COLLATE Latin1_General_BIN2 AND DATALENGTH(t."owneridtype") = DATALENGTH(s."owneridtype")) OR (t."owneridtype" IS NULL AND s."owneridtype" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."colours" COLLATE Latin1_General_BIN2 = s."colours" COLLATE Latin1_General_BIN2 AND DATALENGTH(t."colours") = DATALENGTH(s."colours")) OR (t."colours" IS NULL AND s."colours" IS NULL) THEN 0 ELSE 1 END
FROM @Rows AS s INNER JOIN "dbo"."crm_sample" AS t ON t."Id" = s."Id" AND t."versionnumber" = s."versionnumber"
WHERE EXISTS (
    SELECT t."statecode",
    t."statuscode",
    t."industry",
    t."region",
    t."isactive",
    t."ownerid",
    t."ownerid_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(t."ownerid_entitytype"),
    t."parentid",
    t."parentid_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(t."parentid_entitytype"),
    t."to",
    t."revenue",
    t."sampleid",
    t."name" COLLATE Latin1_General_BIN2,
    DATALENGTH(t."name"),
    t."description" COLLATE Latin1_General_BIN2,
    DATALENGTH(t."description"),
    t."quantity",
    t."modifiedon",
    t."birthdate",
    t."rate",
    t."latitude",
    t."stageid",
    t."owneridtype" COLLATE Latin1_General_BIN2,
    DATALENGTH(t."owneridtype"),
    t."colours" COLLATE Latin1_General_BIN2,
    DATALENGTH(t."colours")
    EXCEPT
    SELECT s."statecode",
    s."statuscode",
    s."industry",
    s."region",
    s."isactive",
    s."ownerid",
    s."ownerid_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(s."ownerid_entitytype"),
    s."parentid",
    s."parentid_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(s."parentid_entitytype"),
    s."to",
    s."revenue",
    s."sampleid",
    s."name" COLLATE Latin1_General_BIN2,
    DATALENGTH(s."name"),
    s."description" COLLATE Latin1_General_BIN2,
    DATALENGTH(s."description"),
    s."quantity",
    s."modifiedon",
    s."birthdate",
    s."rate",
    s."latitude",
    s."stageid",
    s."owneridtype" COLLATE Latin1_General_BIN2,
    DATALENGTH(s."owneridtype"),
    s."colours" COLLATE Latin1_General_BIN2,
    DATALENGTH(s."colours"));

-- statement 15
INSERT INTO "dbo"."crm_TableSync"
    ("EntityName", "Phase", "RowsDone", "RowsTotal", "IsResync", "HighestVersion", "LastQuestion")
SELECT @EntityName, 0, 0, 0, 0, COALESCE(MAX(v."Highest"), 0), 0 FROM (
    SELECT MAX("versionnumber") AS "Highest" FROM "dbo"."crm_sample"
    UNION ALL
    SELECT MAX("VersionNumber") FROM "dbo"."crm_DeleteLog" WHERE "EntityName" = @EntityName) AS v;

-- statement 16
IF NOT EXISTS (
    SELECT 1 FROM sys.index_columns AS k
    WHERE k.object_id = OBJECT_ID(@Object) AND k.key_ordinal = 1
        AND LOWER(COL_NAME(k.object_id, k.column_id)) = LOWER(@Column))
    CREATE INDEX "crm_sample_to" ON "dbo"."crm_sample" ("to");

-- statement 17
UPDATE "dbo"."crm_sample" SET "SinkCreatedOn" = NULL, "SinkModifiedOn" = NULL;

-- statement 18
CREATE TYPE "dbo"."crm_sampleType" AS TABLE (
    "Id" uniqueidentifier NULL,
    "SinkCreatedOn" datetime NULL,
    "SinkModifiedOn" datetime NULL,
    "statecode" int NULL,
    "statuscode" int NULL,
    "industry" int NULL,
    "region" int NULL,
    "isactive" bit NULL,
    "ownerid" uniqueidentifier NULL,
    "ownerid_entitytype" nvarchar(128) NULL,
    "parentid" uniqueidentifier NULL,
    "parentid_entitytype" nvarchar(128) NULL,
    "to" uniqueidentifier NULL,
    "revenue" decimal(38,2) NULL,
    "sampleid" uniqueidentifier NULL,
    "name" nvarchar(100) NULL,
    "description" nvarchar(max) NULL,
    "quantity" int NULL,
    "versionnumber" bigint NULL,
    "modifiedon" datetime NULL,
    "birthdate" datetime NULL,
    "rate" decimal(38,10) NULL,
    "latitude" decimal(38,5) NULL,
    "stageid" uniqueidentifier NULL,
    "owneridtype" nvarchar(4000) NULL,
    "colours" nvarchar(4000) NULL,
    "sent columns 0" bigint NULL
);

-- statement 19
CREATE TYPE "dbo"."crm_sampleIdType" AS TABLE (
    "Id" uniqueidentifier NULL
);

-- statement 20
CREATE TABLE "dbo"."crm_sample" (
    "Id" uniqueidentifier NOT NULL,
    "SinkCreatedOn" datetime NULL,
    "SinkModifiedOn" datetime NULL,
    "statecode" int NULL,
    "statuscode" int NULL,
    "industry" int NULL,
    "region" int NULL,
    "isactive" bit NULL,
    "ownerid" uniqueidentifier NULL,
    "ownerid_entitytype" nvarchar(128) NULL,
    "parentid" uniqueidentifier NULL,
    "parentid_entitytype" nvarchar(128) NULL,
    "to" uniqueidentifier NULL,
    "revenue" decimal(38,2) NULL,
    "sampleid" uniqueidentifier NULL,
    "name" nvarchar(100) NULL,
    "description" nvarchar(max) NULL,
    "quantity" int NULL,
    "versionnumber" bigint NULL,
    "modifiedon" datetime NULL,
    "birthdate" datetime NULL,
    "rate" decimal(38,10) NULL,
    "latitude" decimal(38,5) NULL,
    "stageid" uniqueidentifier NULL,
    "owneridtype" nvarchar(4000) NULL,
    "colours" nvarchar(4000) NULL,
    CONSTRAINT "EPK[dbo].[crm_sample]" PRIMARY KEY CLUSTERED ("Id")
);

-- statement 21
ALTER TABLE "dbo"."crm_sample" ADD "colours" nvarchar(4000) NULL;

-- statement 22
ALTER TABLE "dbo"."crm_sample" ALTER COLUMN "colours" nvarchar(4000);

-- statement 23
ALTER TABLE "dbo"."crm_sample" ADD "colours" nvarchar(4000) NULL;

-- statement 24
UPDATE "dbo"."crm_sample" SET "colours" = CAST("x];DROP TABLE y--'""🚢" AS nvarchar(4000));

-- statement 25
CREATE INDEX "IX[crm_sample].[colours]" ON "dbo"."crm_sample" ("colours");
