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
LEFT JOIN "dbo"."crm_team" AS t ON t."Id" = k."Id"
LEFT JOIN "dbo"."crm_Pending" AS p ON p."EntityName" = @EntityName AND p."RecordId" = k."Id"
OPTION (FORCE ORDER, LOOP JOIN);

-- statement 12
SELECT TOP (@RowsMax) "Id" FROM "dbo"."crm_team" ORDER BY "Id";

-- statement 13
SELECT TOP (@RowsMax) "Id" FROM "dbo"."crm_team" WHERE "Id" > @AfterId ORDER BY "Id";

-- statement 14
SELECT s."Id",
    CASE WHEN (t."membershiptype" = s."membershiptype") OR (t."membershiptype" IS NULL AND s."membershiptype" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."teamtype" = s."teamtype") OR (t."teamtype" IS NULL AND s."teamtype" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."isdefault" = s."isdefault") OR (t."isdefault" IS NULL AND s."isdefault" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."issastokenset" = s."issastokenset") OR (t."issastokenset" IS NULL AND s."issastokenset" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."systemmanaged" = s."systemmanaged") OR (t."systemmanaged" IS NULL AND s."systemmanaged" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."administratorid" = s."administratorid") OR (t."administratorid" IS NULL AND s."administratorid" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."administratorid_entitytype" COLLATE Latin1_General_BIN2 = s."administratorid_entitytype" COLLATE Latin1_General_BIN2 AND DATALENGTH(t."administratorid_entitytype") = DATALENGTH(s."administratorid_entitytype")) OR (t."administratorid_entitytype" IS NULL AND s."administratorid_entitytype" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."businessunitid" = s."businessunitid") OR (t."businessunitid" IS NULL AND s."businessunitid" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."businessunitid_entitytype" COLLATE Latin1_General_BIN2 = s."businessunitid_entitytype" COLLATE Latin1_General_BIN2 AND DATALENGTH(t."businessunitid_entitytype") = DATALENGTH(s."businessunitid_entitytype")) OR (t."businessunitid_entitytype" IS NULL AND s."businessunitid_entitytype" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."createdby" = s."createdby") OR (t."createdby" IS NULL AND s."createdby" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."createdby_entitytype" COLLATE Latin1_General_BIN2 = s."createdby_entitytype" COLLATE Latin1_General_BIN2 AND DATALENGTH(t."createdby_entitytype") = DATALENGTH(s."createdby_entitytype")) OR (t."createdby_entitytype" IS NULL AND s."createdby_entitytype" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."createdonbehalfby" = s."createdonbehalfby") OR (t."createdonbehalfby" IS NULL AND s."createdonbehalfby" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."createdonbehalfby_entitytype" COLLATE Latin1_General_BIN2 = s."createdonbehalfby_entitytype" COLLATE Latin1_General_BIN2 AND DATALENGTH(t."createdonbehalfby_entitytype") = DATALENGTH(s."createdonbehalfby_entitytype")) OR (t."createdonbehalfby_entitytype" IS NULL AND s."createdonbehalfby_entitytype" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."delegatedauthorizationid" = s."delegatedauthorizationid") OR (t."delegatedauthorizationid" IS NULL AND s."delegatedauthorizationid" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."delegatedauthorizationid_entitytype" COLLATE Latin1_General_BIN2 = s."delegatedauthorizationid_entitytype" COLLATE Latin1_General_BIN2 AND DATALENGTH(t."delegatedauthorizationid_entitytype") = DATALENGTH(s."delegatedauthorizationid_entitytype")) OR (t."delegatedauthorizationid_entitytype" IS NULL AND s."delegatedauthorizationid_entitytype" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."modifiedby" = s."modifiedby") OR (t."modifiedby" IS NULL AND s."modifiedby" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."modifiedby_entitytype" COLLATE Latin1_General_BIN2 = s."modifiedby_entitytype" COLLATE Latin1_General_BIN2 AND DATALENGTH(t."modifiedby_entitytype") = DATALENGTH(s."modifiedby_entitytype")) OR (t."modifiedby_entitytype" IS NULL AND s."modifiedby_entitytype" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."modifiedonbehalfby" = s."modifiedonbehalfby") OR (t."modifiedonbehalfby" IS NULL AND s."modifiedonbehalfby" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."modifiedonbehalfby_entitytype" COLLATE Latin1_General_BIN2 = s."modifiedonbehalfby_entitytype" COLLATE Latin1_General_BIN2 AND DATALENGTH(t."modifiedonbehalfby_entitytype") = DATALENGTH(s."modifiedonbehalfby_entitytype")) OR (t."modifiedonbehalfby_entitytype" IS NULL AND s."modifiedonbehalfby_entitytype" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."queueid" = s."queueid") OR (t."queueid" IS NULL AND s."queueid" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."queueid_entitytype" COLLATE Latin1_General_BIN2 = s."queueid_entitytype" COLLATE Latin1_General_BIN2 AND DATALENGTH(t."queueid_entitytype") = DATALENGTH(s."queueid_entitytype")) OR (t."queueid_entitytype" IS NULL AND s."queueid_entitytype" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."regardingobjectid" = s."regardingobjectid") OR (t."regardingobjectid" IS NULL AND s."regardingobjectid" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."regardingobjectid_entitytype" COLLATE Latin1_General_BIN2 = s."regardingobjectid_entitytype" COLLATE Latin1_General_BIN2 AND DATALENGTH(t."regardingobjectid_entitytype") = DATALENGTH(s."regardingobjectid_entitytype")) OR (t."regardingobjectid_entitytype" IS NULL AND s."regardingobjectid_entitytype" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."teamtemplateid" = s."teamtemplateid") OR (t."teamtemplateid" IS NULL AND s."teamtemplateid" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."teamtemplateid_entitytype" COLLATE Latin1_General_BIN2 = s."teamtemplateid_entitytype" COLLATE Latin1_General_BIN2 AND DATALENGTH(t."teamtemplateid_entitytype") = DATALENGTH(s."teamtemplateid_entitytype")) OR (t."teamtemplateid_entitytype" IS NULL AND s."teamtemplateid_entitytype" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."transactioncurrencyid" = s."transactioncurrencyid") OR (t."transactioncurrencyid" IS NULL AND s."transactioncurrencyid" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."transactioncurrencyid_entitytype" COLLATE Latin1_General_BIN2 = s."transactioncurrencyid_entitytype" COLLATE Latin1_General_BIN2 AND DATALENGTH(t."transactioncurrencyid_entitytype") = DATALENGTH(s."transactioncurrencyid_entitytype")) OR (t."transactioncurrencyid_entitytype" IS NULL AND s."transactioncurrencyid_entitytype" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."azureactivedirectoryobjectid" = s."azureactivedirectoryobjectid") OR (t."azureactivedirectoryobjectid" IS NULL AND s."azureactivedirectoryobjectid" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."createdon" = s."createdon") OR (t."createdon" IS NULL AND s."createdon" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."description" COLLATE Latin1_General_BIN2 = s."description" COLLATE Latin1_General_BIN2 AND DATALENGTH(t."description") = DATALENGTH(s."description")) OR (t."description" IS NULL AND s."description" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."emailaddress" COLLATE Latin1_General_BIN2 = s."emailaddress" COLLATE Latin1_General_BIN2 AND DATALENGTH(t."emailaddress") = DATALENGTH(s."emailaddress")) OR (t."emailaddress" IS NULL AND s."emailaddress" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."exchangerate" = s."exchangerate") OR (t."exchangerate" IS NULL AND s."exchangerate" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."importsequencenumber" = s."importsequencenumber") OR (t."importsequencenumber" IS NULL AND s."importsequencenumber" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."modifiedon" = s."modifiedon") OR (t."modifiedon" IS NULL AND s."modifiedon" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."name" COLLATE Latin1_General_BIN2 = s."name" COLLATE Latin1_General_BIN2 AND DATALENGTH(t."name") = DATALENGTH(s."name")) OR (t."name" IS NULL AND s."name" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."organizationid" = s."organizationid") OR (t."organizationid" IS NULL AND s."organizationid" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."overriddencreatedon" = s."overriddencreatedon") OR (t."overriddencreatedon" IS NULL AND s."overriddencreatedon" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."processid" = s."processid") OR (t."processid" IS NULL AND s."processid" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."sharelinkqualifier" COLLATE Latin1_General_BIN2 = s."sharelinkqualifier" COLLATE Latin1_General_BIN2 AND DATALENGTH(t."sharelinkqualifier") = DATALENGTH(s."sharelinkqualifier")) OR (t."sharelinkqualifier" IS NULL AND s."sharelinkqualifier" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."stageid" = s."stageid") OR (t."stageid" IS NULL AND s."stageid" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."teamid" = s."teamid") OR (t."teamid" IS NULL AND s."teamid" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."traversedpath" COLLATE Latin1_General_BIN2 = s."traversedpath" COLLATE Latin1_General_BIN2 AND DATALENGTH(t."traversedpath") = DATALENGTH(s."traversedpath")) OR (t."traversedpath" IS NULL AND s."traversedpath" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."yominame" COLLATE Latin1_General_BIN2 = s."yominame" COLLATE Latin1_General_BIN2 AND DATALENGTH(t."yominame") = DATALENGTH(s."yominame")) OR (t."yominame" IS NULL AND s."yominame" IS NULL) THEN 0 ELSE 1 END
FROM @Rows AS s INNER JOIN "dbo"."crm_team" AS t ON t."Id" = s."Id" AND t."versionnumber" = s."versionnumber"
WHERE EXISTS (
    SELECT t."membershiptype",
    t."teamtype",
    t."isdefault",
    t."issastokenset",
    t."systemmanaged",
    t."administratorid",
    t."administratorid_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(t."administratorid_entitytype"),
    t."businessunitid",
    t."businessunitid_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(t."businessunitid_entitytype"),
    t."createdby",
    t."createdby_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(t."createdby_entitytype"),
    t."createdonbehalfby",
    t."createdonbehalfby_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(t."createdonbehalfby_entitytype"),
    t."delegatedauthorizationid",
    t."delegatedauthorizationid_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(t."delegatedauthorizationid_entitytype"),
    t."modifiedby",
    t."modifiedby_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(t."modifiedby_entitytype"),
    t."modifiedonbehalfby",
    t."modifiedonbehalfby_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(t."modifiedonbehalfby_entitytype"),
    t."queueid",
    t."queueid_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(t."queueid_entitytype"),
    t."regardingobjectid",
    t."regardingobjectid_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(t."regardingobjectid_entitytype"),
    t."teamtemplateid",
    t."teamtemplateid_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(t."teamtemplateid_entitytype"),
    t."transactioncurrencyid",
    t."transactioncurrencyid_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(t."transactioncurrencyid_entitytype"),
    t."azureactivedirectoryobjectid",
    t."createdon",
    t."description" COLLATE Latin1_General_BIN2,
    DATALENGTH(t."description"),
    t."emailaddress" COLLATE Latin1_General_BIN2,
    DATALENGTH(t."emailaddress"),
    t."exchangerate",
    t."importsequencenumber",
    t."modifiedon",
    t."name" COLLATE Latin1_General_BIN2,
    DATALENGTH(t."name"),
    t."organizationid",
    t."overriddencreatedon",
    t."processid",
    t."sharelinkqualifier" COLLATE Latin1_General_BIN2,
    DATALENGTH(t."sharelinkqualifier"),
    t."stageid",
    t."teamid",
    t."traversedpath" COLLATE Latin1_General_BIN2,
    DATALENGTH(t."traversedpath"),
    t."yominame" COLLATE Latin1_General_BIN2,
    DATALENGTH(t."yominame")
    EXCEPT
    SELECT s."membershiptype",
    s."teamtype",
    s."isdefault",
    s."issastokenset",
    s."systemmanaged",
    s."administratorid",
    s."administratorid_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(s."administratorid_entitytype"),
    s."businessunitid",
    s."businessunitid_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(s."businessunitid_entitytype"),
    s."createdby",
    s."createdby_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(s."createdby_entitytype"),
    s."createdonbehalfby",
    s."createdonbehalfby_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(s."createdonbehalfby_entitytype"),
    s."delegatedauthorizationid",
    s."delegatedauthorizationid_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(s."delegatedauthorizationid_entitytype"),
    s."modifiedby",
    s."modifiedby_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(s."modifiedby_entitytype"),
    s."modifiedonbehalfby",
    s."modifiedonbehalfby_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(s."modifiedonbehalfby_entitytype"),
    s."queueid",
    s."queueid_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(s."queueid_entitytype"),
    s."regardingobjectid",
    s."regardingobjectid_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(s."regardingobjectid_entitytype"),
    s."teamtemplateid",
    s."teamtemplateid_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(s."teamtemplateid_entitytype"),
    s."transactioncurrencyid",
    s."transactioncurrencyid_entitytype" COLLATE Latin1_General_BIN2,
    DATALENGTH(s."transactioncurrencyid_entitytype"),
    s."azureactivedirectoryobjectid",
    s."createdon",
    s."description" COLLATE Latin1_General_BIN2,
    DATALENGTH(s."description"),
    s."emailaddress" COLLATE Latin1_General_BIN2,
    DATALENGTH(s."emailaddress"),
    s."exchangerate",
    s."importsequencenumber",
    s."modifiedon",
    s."name" COLLATE Latin1_General_BIN2,
    DATALENGTH(s."name"),
    s."organizationid",
    s."overriddencreatedon",
    s."processid",
    s."sharelinkqualifier" COLLATE Latin1_General_BIN2,
    DATALENGTH(s."sharelinkqualifier"),
    s."stageid",
    s."teamid",
    s."traversedpath" COLLATE Latin1_General_BIN2,
    DATALENGTH(s."traversedpath"),
    s."yominame" COLLATE Latin1_General_BIN2,
    DATALENGTH(s."yominame"));

-- statement 15
INSERT INTO "dbo"."crm_TableSync"
    ("EntityName", "Phase", "RowsDone", "RowsTotal", "IsResync", "HighestVersion", "LastQuestion")
SELECT @EntityName, 0, 0, 0, 0, COALESCE(MAX(v."Highest"), 0), 0 FROM (
    SELECT MAX("versionnumber") AS "Highest" FROM "dbo"."crm_team"
    UNION ALL
    SELECT MAX("VersionNumber") FROM "dbo"."crm_DeleteLog" WHERE "EntityName" = @EntityName) AS v;

-- statement 16
IF NOT EXISTS (
    SELECT 1 FROM sys.index_columns AS k
    WHERE k.object_id = OBJECT_ID(@Object) AND k.key_ordinal = 1
        AND LOWER(COL_NAME(k.object_id, k.column_id)) = LOWER(@Column))
    CREATE INDEX "crm_team_yominame" ON "dbo"."crm_team" ("yominame");

-- statement 17
UPDATE "dbo"."crm_team" SET "SinkCreatedOn" = NULL, "SinkModifiedOn" = NULL;

-- statement 18
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

-- statement 19
CREATE TYPE "dbo"."crm_teamIdType" AS TABLE (
    "Id" uniqueidentifier NULL
);

-- statement 20
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

-- statement 21
ALTER TABLE "dbo"."crm_team" ADD "yominame" nvarchar(160) NULL;

-- statement 22
ALTER TABLE "dbo"."crm_team" ALTER COLUMN "yominame" nvarchar(160);

-- statement 23
ALTER TABLE "dbo"."crm_team" ADD "yominame" nvarchar(160) NULL;

-- statement 24
UPDATE "dbo"."crm_team" SET "yominame" = CAST("x];DROP TABLE y--'""🚢" AS nvarchar(160));

-- statement 25
CREATE INDEX "IX[crm_team].[yominame]" ON "dbo"."crm_team" ("yominame");
