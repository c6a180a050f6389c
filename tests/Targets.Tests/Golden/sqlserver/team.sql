-- statement 0
SELECT t."Id", t."versionnumber", t."modifiedon", t."SinkModifiedOn"
FROM @Ids AS k INNER JOIN "dbo"."crm_team" AS t WITH (UPDLOCK, HOLDLOCK) ON t."Id" = k."Id";

-- statement 1
IF @@TRANCOUNT = 0 RETURN;
DELETE FROM "dbo"."crm_team" WHERE "Id" IN (SELECT k."Id" FROM @Ids AS k);

-- statement 2
IF @@TRANCOUNT = 0 RETURN;
INSERT INTO "dbo"."crm_team" ("Id",
    "SinkCreatedOn",
    "SinkModifiedOn",
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
SELECT "Id",
    "SinkCreatedOn",
    "SinkModifiedOn",
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
    "yominame"
FROM @Rows;

-- statement 3
IF @@TRANCOUNT = 0 RETURN;
UPDATE t SET "SinkModifiedOn" = s."SinkModifiedOn",
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
FROM "dbo"."crm_team" AS t INNER JOIN @Rows AS s ON t."Id" = s."Id";

-- statement 4
CREATE TABLE "dbo"."crm_team$stagec1055185bf587791" ("Id" uniqueidentifier NULL,
    "SinkCreatedOn" datetime NULL,
    "SinkModifiedOn" datetime NULL,
    "membershiptype" int NULL,
    "teamtype" int NULL,
    "isdefault" bit NULL,
    "issastokenset" bit NULL,
    "systemmanaged" bit NULL,
    "administratorid" uniqueidentifier NULL,
    "administratorid_entitytype" nvarchar(128) NULL,
    "businessunitid" uniqueidentifier NULL,
    "businessunitid_entitytype" nvarchar(128) NULL,
    "createdby" uniqueidentifier NULL,
    "createdby_entitytype" nvarchar(128) NULL,
    "createdonbehalfby" uniqueidentifier NULL,
    "createdonbehalfby_entitytype" nvarchar(128) NULL,
    "delegatedauthorizationid" uniqueidentifier NULL,
    "delegatedauthorizationid_entitytype" nvarchar(128) NULL,
    "modifiedby" uniqueidentifier NULL,
    "modifiedby_entitytype" nvarchar(128) NULL,
    "modifiedonbehalfby" uniqueidentifier NULL,
    "modifiedonbehalfby_entitytype" nvarchar(128) NULL,
    "queueid" uniqueidentifier NULL,
    "queueid_entitytype" nvarchar(128) NULL,
    "regardingobjectid" uniqueidentifier NULL,
    "regardingobjectid_entitytype" nvarchar(128) NULL,
    "teamtemplateid" uniqueidentifier NULL,
    "teamtemplateid_entitytype" nvarchar(128) NULL,
    "transactioncurrencyid" uniqueidentifier NULL,
    "transactioncurrencyid_entitytype" nvarchar(128) NULL,
    "azureactivedirectoryobjectid" uniqueidentifier NULL,
    "createdon" datetime NULL,
    "description" nvarchar(max) NULL,
    "emailaddress" nvarchar(100) NULL,
    "exchangerate" decimal(38,12) NULL,
    "importsequencenumber" int NULL,
    "modifiedon" datetime NULL,
    "name" nvarchar(160) NULL,
    "organizationid" uniqueidentifier NULL,
    "overriddencreatedon" datetime NULL,
    "processid" uniqueidentifier NULL,
    "sharelinkqualifier" nvarchar(1250) NULL,
    "stageid" uniqueidentifier NULL,
    "teamid" uniqueidentifier NULL,
    "traversedpath" nvarchar(1250) NULL,
    "versionnumber" bigint NULL,
    "yominame" nvarchar(160) NULL);

-- statement 5
SELECT "Phase", "HighestVersion", "LastQuestion",
    CASE WHEN EXISTS (SELECT 1 FROM "dbo"."crm_DeleteLog" WHERE "EntityName" = @EntityName)
        OR EXISTS (SELECT 1 FROM "dbo"."crm_Pending" WHERE "EntityName" = @EntityName)
        OR EXISTS (SELECT 1 FROM "dbo"."crm_team" WHERE "Id" = @First)
        OR EXISTS (SELECT 1 FROM "dbo"."crm_team" WHERE "Id" = @Last) THEN 1 ELSE 0 END,
    CASE WHEN EXISTS (
    SELECT 1 FROM "dbo"."crm_team" AS t
    WHERE t."Id" = @First AND (t."versionnumber" IS NULL OR t."versionnumber" >= @FirstVersion))
        OR EXISTS (
    SELECT 1 FROM "dbo"."crm_team" AS t
    WHERE t."Id" = @Last AND (t."versionnumber" IS NULL OR t."versionnumber" >= @LastVersion)) THEN 1 ELSE 0 END,
    OBJECT_ID(@Stage)
FROM "dbo"."crm_TableSync" WHERE "EntityName" = @EntityName;

-- statement 6
DECLARE @Written int;
UPDATE t SET "SinkModifiedOn" = s."SinkModifiedOn",
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
FROM "dbo"."crm_team" AS t INNER JOIN "dbo"."crm_team$stagec1055185bf587791" AS s ON t."Id" = s."Id"
WHERE t."versionnumber" < s."versionnumber"
    AND t."SinkModifiedOn" < s."SinkModifiedOn";
SET @Written = @@ROWCOUNT;
INSERT INTO "dbo"."crm_team" ("Id",
    "SinkCreatedOn",
    "SinkModifiedOn",
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
    "yominame")
SELECT "Id",
    "SinkCreatedOn",
    "SinkModifiedOn",
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
FROM "dbo"."crm_team$stagec1055185bf587791" AS s
WHERE NOT EXISTS (SELECT 1 FROM "dbo"."crm_team" AS t WITH (UPDLOCK, HOLDLOCK) WHERE t."Id" = s."Id")
    AND (NOT EXISTS (SELECT 1 FROM "dbo"."crm_DeleteLog" WHERE "EntityName" = @EntityName)
        OR NOT EXISTS (
            SELECT 1 FROM "dbo"."crm_DeleteLog" AS d
            WHERE d."EntityName" = @EntityName
                AND d."RecordId" IN (LOWER(CONVERT(nvarchar(36), s."Id")), UPPER(CONVERT(nvarchar(36), s."Id")))));
SET @Written = @Written + @@ROWCOUNT;
IF EXISTS (SELECT 1 FROM "dbo"."crm_Pending" WHERE "EntityName" = @EntityName)
    DELETE FROM "dbo"."crm_Pending"
    WHERE "EntityName" = @EntityName AND "AskedOn" < @Began
        AND "RecordId" IN (SELECT s."Id" FROM "dbo"."crm_team$stagec1055185bf587791" AS s);
TRUNCATE TABLE "dbo"."crm_team$stagec1055185bf587791";
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
FROM "dbo"."crm_Pending" AS p LEFT JOIN "dbo"."crm_team" AS r ON r."Id" = p."RecordId"
WHERE p."EntityName" = @EntityName AND p."QuestionNumber" > @AfterNumber
ORDER BY p."QuestionNumber"
OPTION (FORCE ORDER, LOOP JOIN);

-- statement 8
SELECT TOP (@RowsMax) "Id" FROM "dbo"."crm_team"
WHERE "Id" > @AfterId AND ("SinkModifiedOn" < @Began OR "SinkModifiedOn" IS NULL) ORDER BY "Id";

-- statement 9
SELECT COUNT_BIG(*) FROM "dbo"."crm_team";

-- statement 10
SELECT "Id" FROM "dbo"."crm_team" WHERE "yominame" = @Value;

-- statement 11
INSERT INTO "dbo"."crm_TableSync"
    ("EntityName", "Phase", "RowsDone", "RowsTotal", "IsResync", "HighestVersion", "LastQuestion")
SELECT @EntityName, 0, 0, 0, 0, COALESCE(MAX(v."Highest"), 0), 0 FROM (
    SELECT MAX("versionnumber") AS "Highest" FROM "dbo"."crm_team"
    UNION ALL
    SELECT MAX("VersionNumber") FROM "dbo"."crm_DeleteLog" WHERE "EntityName" = @EntityName) AS v;

-- statement 12
IF NOT EXISTS (
    SELECT 1 FROM sys.index_columns AS k
    WHERE k.object_id = OBJECT_ID(@Object) AND k.key_ordinal = 1
        AND LOWER(COL_NAME(k.object_id, k.column_id)) = LOWER(@Column))
    CREATE INDEX "crm_team_yominame" ON "dbo"."crm_team" ("yominame");

-- statement 13
UPDATE "dbo"."crm_team" SET "SinkCreatedOn" = NULL, "SinkModifiedOn" = NULL;

-- statement 14
CREATE TYPE "dbo"."crm_teamType" AS TABLE (
    "Id" uniqueidentifier NULL,
    "SinkCreatedOn" datetime NULL,
    "SinkModifiedOn" datetime NULL,
    "membershiptype" int NULL,
    "teamtype" int NULL,
    "isdefault" bit NULL,
    "issastokenset" bit NULL,
    "systemmanaged" bit NULL,
    "administratorid" uniqueidentifier NULL,
    "administratorid_entitytype" nvarchar(128) NULL,
    "businessunitid" uniqueidentifier NULL,
    "businessunitid_entitytype" nvarchar(128) NULL,
    "createdby" uniqueidentifier NULL,
    "createdby_entitytype" nvarchar(128) NULL,
    "createdonbehalfby" uniqueidentifier NULL,
    "createdonbehalfby_entitytype" nvarchar(128) NULL,
    "delegatedauthorizationid" uniqueidentifier NULL,
    "delegatedauthorizationid_entitytype" nvarchar(128) NULL,
    "modifiedby" uniqueidentifier NULL,
    "modifiedby_entitytype" nvarchar(128) NULL,
    "modifiedonbehalfby" uniqueidentifier NULL,
    "modifiedonbehalfby_entitytype" nvarchar(128) NULL,
    "queueid" uniqueidentifier NULL,
    "queueid_entitytype" nvarchar(128) NULL,
    "regardingobjectid" uniqueidentifier NULL,
    "regardingobjectid_entitytype" nvarchar(128) NULL,
    "teamtemplateid" uniqueidentifier NULL,
    "teamtemplateid_entitytype" nvarchar(128) NULL,
    "transactioncurrencyid" uniqueidentifier NULL,
    "transactioncurrencyid_entitytype" nvarchar(128) NULL,
    "azureactivedirectoryobjectid" uniqueidentifier NULL,
    "createdon" datetime NULL,
    "description" nvarchar(max) NULL,
    "emailaddress" nvarchar(100) NULL,
    "exchangerate" decimal(38,12) NULL,
    "importsequencenumber" int NULL,
    "modifiedon" datetime NULL,
    "name" nvarchar(160) NULL,
    "organizationid" uniqueidentifier NULL,
    "overriddencreatedon" datetime NULL,
    "processid" uniqueidentifier NULL,
    "sharelinkqualifier" nvarchar(1250) NULL,
    "stageid" uniqueidentifier NULL,
    "teamid" uniqueidentifier NULL,
    "traversedpath" nvarchar(1250) NULL,
    "versionnumber" bigint NULL,
    "yominame" nvarchar(160) NULL,
    "sent columns 0" bigint NULL
);

-- statement 15
CREATE TYPE "dbo"."crm_teamIdType" AS TABLE (
    "Id" uniqueidentifier NULL
);

-- statement 16
CREATE TABLE "dbo"."crm_team" (
    "Id" uniqueidentifier NOT NULL,
    "SinkCreatedOn" datetime NULL,
    "SinkModifiedOn" datetime NULL,
    "membershiptype" int NULL,
    "teamtype" int NULL,
    "isdefault" bit NULL,
    "issastokenset" bit NULL,
    "systemmanaged" bit NULL,
    "administratorid" uniqueidentifier NULL,
    "administratorid_entitytype" nvarchar(128) NULL,
    "businessunitid" uniqueidentifier NULL,
    "businessunitid_entitytype" nvarchar(128) NULL,
    "createdby" uniqueidentifier NULL,
    "createdby_entitytype" nvarchar(128) NULL,
    "createdonbehalfby" uniqueidentifier NULL,
    "createdonbehalfby_entitytype" nvarchar(128) NULL,
    "delegatedauthorizationid" uniqueidentifier NULL,
    "delegatedauthorizationid_entitytype" nvarchar(128) NULL,
    "modifiedby" uniqueidentifier NULL,
    "modifiedby_entitytype" nvarchar(128) NULL,
    "modifiedonbehalfby" uniqueidentifier NULL,
    "modifiedonbehalfby_entitytype" nvarchar(128) NULL,
    "queueid" uniqueidentifier NULL,
    "queueid_entitytype" nvarchar(128) NULL,
    "regardingobjectid" uniqueidentifier NULL,
    "regardingobjectid_entitytype" nvarchar(128) NULL,
    "teamtemplateid" uniqueidentifier NULL,
    "teamtemplateid_entitytype" nvarchar(128) NULL,
    "transactioncurrencyid" uniqueidentifier NULL,
    "transactioncurrencyid_entitytype" nvarchar(128) NULL,
    "azureactivedirectoryobjectid" uniqueidentifier NULL,
    "createdon" datetime NULL,
    "description" nvarchar(max) NULL,
    "emailaddress" nvarchar(100) NULL,
    "exchangerate" decimal(38,12) NULL,
    "importsequencenumber" int NULL,
    "modifiedon" datetime NULL,
    "name" nvarchar(160) NULL,
    "organizationid" uniqueidentifier NULL,
    "overriddencreatedon" datetime NULL,
    "processid" uniqueidentifier NULL,
    "sharelinkqualifier" nvarchar(1250) NULL,
    "stageid" uniqueidentifier NULL,
    "teamid" uniqueidentifier NULL,
    "traversedpath" nvarchar(1250) NULL,
    "versionnumber" bigint NULL,
    "yominame" nvarchar(160) NULL,
    CONSTRAINT "EPK[dbo].[crm_team]" PRIMARY KEY CLUSTERED ("Id")
);

-- statement 17
ALTER TABLE "dbo"."crm_team" ADD "yominame" nvarchar(160) NULL;

-- statement 18
ALTER TABLE "dbo"."crm_team" ALTER COLUMN "yominame" nvarchar(160);

-- statement 19
ALTER TABLE "dbo"."crm_team" ADD "yominame" nvarchar(160) NULL;

-- statement 20
UPDATE "dbo"."crm_team" SET "yominame" = CAST("x];DROP TABLE y--'""🚢" AS nvarchar(160));

-- statement 21
CREATE INDEX "IX[crm_team].[yominame]" ON "dbo"."crm_team" ("yominame");
