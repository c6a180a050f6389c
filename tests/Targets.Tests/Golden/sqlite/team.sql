-- create table
CREATE TABLE "crm_team" (
    "Id" uniqueidentifier NOT NULL,
    "SinkCreatedOn" datetime,
    "SinkModifiedOn" datetime,
    "membershiptype" int,
    "teamtype" int,
    "isdefault" bit,
    "issastokenset" bit,
    "systemmanaged" bit,
    "administratorid" uniqueidentifier,
    "administratorid_entitytype" nvarchar(128),
    "businessunitid" uniqueidentifier,
    "businessunitid_entitytype" nvarchar(128),
    "createdby" uniqueidentifier,
    "createdby_entitytype" nvarchar(128),
    "createdonbehalfby" uniqueidentifier,
    "createdonbehalfby_entitytype" nvarchar(128),
    "delegatedauthorizationid" uniqueidentifier,
    "delegatedauthorizationid_entitytype" nvarchar(128),
    "modifiedby" uniqueidentifier,
    "modifiedby_entitytype" nvarchar(128),
    "modifiedonbehalfby" uniqueidentifier,
    "modifiedonbehalfby_entitytype" nvarchar(128),
    "queueid" uniqueidentifier,
    "queueid_entitytype" nvarchar(128),
    "regardingobjectid" uniqueidentifier,
    "regardingobjectid_entitytype" nvarchar(128),
    "teamtemplateid" uniqueidentifier,
    "teamtemplateid_entitytype" nvarchar(128),
    "transactioncurrencyid" uniqueidentifier,
    "transactioncurrencyid_entitytype" nvarchar(128),
    "azureactivedirectoryobjectid" uniqueidentifier,
    "createdon" datetime,
    "description" "nvarchar(max)",
    "emailaddress" nvarchar(100),
    "exchangerate" decimal(38,12),
    "importsequencenumber" int,
    "modifiedon" datetime,
    "name" nvarchar(160),
    "organizationid" uniqueidentifier,
    "overriddencreatedon" datetime,
    "processid" uniqueidentifier,
    "sharelinkqualifier" nvarchar(1250),
    "stageid" uniqueidentifier,
    "teamid" uniqueidentifier,
    "traversedpath" nvarchar(1250),
    "versionnumber" bigint,
    "yominame" nvarchar(160),
    CONSTRAINT "EPK[dbo].[crm_team]" PRIMARY KEY ("Id")
);

-- statement 1
SELECT "Phase", "NextLink", "DeltaLink", "BeganOn", "RowsDone", "RowsTotal", "IsResync", "LastDeltaOn",
    "Message", "HighestVersion", "Scope", "RefreshedOn", "NewestId", "NewestVersion",
    "DeltaHasIdsOnly"
FROM "crm_TableSync" WHERE "EntityName" = ?1;

-- statement 2
INSERT INTO "crm_TableSync" ("EntityName", "Phase", "NextLink", "DeltaLink", "BeganOn", "RowsDone",
    "RowsTotal", "IsResync", "LastDeltaOn", "Message", "HighestVersion", "Scope", "RefreshedOn",
    "NewestId", "NewestVersion", "DeltaHasIdsOnly")
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
ON CONFLICT ("EntityName") DO UPDATE SET "Phase" = ?2, "NextLink" = ?3, "DeltaLink" = ?4, "BeganOn" = ?5,
    "RowsDone" = ?6, "RowsTotal" = ?7, "IsResync" = ?8, "LastDeltaOn" = ?9, "Message" = ?10,
    "Scope" = ?12, "RefreshedOn" = ?13, "NewestId" = ?14, "NewestVersion" = ?15,
    "DeltaHasIdsOnly" = ?16;

-- statement 3
UPDATE "crm_TableSync" SET "HighestVersion" = ?2 WHERE "EntityName" = ?1;

-- statement 4
SELECT "Id", "SinkDeleteTime" FROM "crm_DeleteLog"
WHERE "EntityName" = ?1 AND "RecordId" = ?2 ORDER BY "Id" DESC LIMIT 1;

-- statement 5
INSERT INTO "crm_DeleteLog" ("EntityName", "RecordId", "SinkDeleteTime", "VersionNumber")
VALUES (?1, ?2, ?3, ?4);

-- statement 6
UPDATE "crm_DeleteLog" SET "SinkDeleteTime" = ?1, "VersionNumber" = ?2 WHERE "Id" = ?3;

-- statement 7
DELETE FROM "crm_DeleteLog" WHERE "Id" IN (
    SELECT d."Id" FROM "crm_DeleteLog" AS d
    WHERE d."EntityName" = ?1 AND d."SinkDeleteTime" < ?2 AND d."RecordId" NOT IN (
        SELECT p."RecordId" FROM "crm_Pending" AS p WHERE p."EntityName" = ?1)
    LIMIT ?3)
RETURNING 1;

-- statement 8
SELECT 1 FROM "crm_DeleteLog" WHERE "EntityName" = ?1 LIMIT 1;

-- statement 9
SELECT MAX("VersionNumber") FROM "crm_DeleteLog" WHERE "EntityName" = ?1;

-- statement 10
SELECT rowid, "versionnumber", "modifiedon", "SinkModifiedOn"
FROM "crm_team" WHERE "Id" = ?1;

-- statement 11
INSERT INTO "crm_team" ("Id",
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
    "yominame") VALUES (?1,
    ?2,
    ?3,
    ?4,
    ?5,
    ?6,
    ?7,
    ?8,
    ?9,
    ?10,
    ?11,
    ?12,
    ?13,
    ?14,
    ?15,
    ?16,
    ?17,
    ?18,
    ?19,
    ?20,
    ?21,
    ?22,
    ?23,
    ?24,
    ?25,
    ?26,
    ?27,
    ?28,
    ?29,
    ?30,
    ?31,
    ?32,
    ?33,
    ?34,
    ?35,
    ?36,
    ?37,
    ?38,
    ?39,
    ?40,
    ?41,
    ?42,
    ?43,
    ?44,
    ?45,
    ?46,
    ?47);

-- statement 12
UPDATE "crm_team" SET "SinkModifiedOn" = ?3,
    "membershiptype" = ?4,
    "teamtype" = ?5,
    "isdefault" = ?6,
    "issastokenset" = ?7,
    "systemmanaged" = ?8,
    "administratorid" = ?9,
    "administratorid_entitytype" = ?10,
    "businessunitid" = ?11,
    "businessunitid_entitytype" = ?12,
    "createdby" = ?13,
    "createdby_entitytype" = ?14,
    "createdonbehalfby" = ?15,
    "createdonbehalfby_entitytype" = ?16,
    "delegatedauthorizationid" = ?17,
    "delegatedauthorizationid_entitytype" = ?18,
    "modifiedby" = ?19,
    "modifiedby_entitytype" = ?20,
    "modifiedonbehalfby" = ?21,
    "modifiedonbehalfby_entitytype" = ?22,
    "queueid" = ?23,
    "queueid_entitytype" = ?24,
    "regardingobjectid" = ?25,
    "regardingobjectid_entitytype" = ?26,
    "teamtemplateid" = ?27,
    "teamtemplateid_entitytype" = ?28,
    "transactioncurrencyid" = ?29,
    "transactioncurrencyid_entitytype" = ?30,
    "azureactivedirectoryobjectid" = ?31,
    "createdon" = ?32,
    "description" = ?33,
    "emailaddress" = ?34,
    "exchangerate" = ?35,
    "importsequencenumber" = ?36,
    "modifiedon" = ?37,
    "name" = ?38,
    "organizationid" = ?39,
    "overriddencreatedon" = ?40,
    "processid" = ?41,
    "sharelinkqualifier" = ?42,
    "stageid" = ?43,
    "teamid" = ?44,
    "traversedpath" = ?45,
    "versionnumber" = ?46,
    "yominame" = ?47 WHERE rowid = ?2;

-- statement 13
DELETE FROM "crm_team" WHERE rowid = ?1;

-- statement 14
UPDATE "crm_team" SET "administratorid" = CASE WHEN (?1 >> 0) & 1 THEN ?2 ELSE "administratorid" END,
    "administratorid_entitytype" = CASE WHEN (?1 >> 0) & 1 THEN ?3 ELSE "administratorid_entitytype" END,
    "azureactivedirectoryobjectid" = CASE WHEN (?1 >> 1) & 1 THEN ?4 ELSE "azureactivedirectoryobjectid" END,
    "businessunitid" = CASE WHEN (?1 >> 2) & 1 THEN ?5 ELSE "businessunitid" END,
    "businessunitid_entitytype" = CASE WHEN (?1 >> 2) & 1 THEN ?6 ELSE "businessunitid_entitytype" END,
    "createdby" = CASE WHEN (?1 >> 3) & 1 THEN ?7 ELSE "createdby" END,
    "createdby_entitytype" = CASE WHEN (?1 >> 3) & 1 THEN ?8 ELSE "createdby_entitytype" END,
    "createdon" = CASE WHEN (?1 >> 4) & 1 THEN ?9 ELSE "createdon" END,
    "createdonbehalfby" = CASE WHEN (?1 >> 5) & 1 THEN ?10 ELSE "createdonbehalfby" END,
    "createdonbehalfby_entitytype" = CASE WHEN (?1 >> 5) & 1 THEN ?11 ELSE "createdonbehalfby_entitytype" END,
    "delegatedauthorizationid" = CASE WHEN (?1 >> 6) & 1 THEN ?12 ELSE "delegatedauthorizationid" END,
    "delegatedauthorizationid_entitytype" = CASE WHEN (?1 >> 6) & 1 THEN ?13 ELSE "delegatedauthorizationid_entitytype" END,
    "description" = CASE WHEN (?1 >> 7) & 1 THEN ?14 ELSE "description" END,
    "emailaddress" = CASE WHEN (?1 >> 8) & 1 THEN ?15 ELSE "emailaddress" END,
    "exchangerate" = CASE WHEN (?1 >> 9) & 1 THEN ?16 ELSE "exchangerate" END,
    "importsequencenumber" = CASE WHEN (?1 >> 10) & 1 THEN ?17 ELSE "importsequencenumber" END,
    "isdefault" = CASE WHEN (?1 >> 11) & 1 THEN ?18 ELSE "isdefault" END,
    "issastokenset" = CASE WHEN (?1 >> 12) & 1 THEN ?19 ELSE "issastokenset" END,
    "membershiptype" = CASE WHEN (?1 >> 13) & 1 THEN ?20 ELSE "membershiptype" END,
    "modifiedby" = CASE WHEN (?1 >> 14) & 1 THEN ?21 ELSE "modifiedby" END,
    "modifiedby_entitytype" = CASE WHEN (?1 >> 14) & 1 THEN ?22 ELSE "modifiedby_entitytype" END,
    "modifiedonbehalfby" = CASE WHEN (?1 >> 16) & 1 THEN ?23 ELSE "modifiedonbehalfby" END,
    "modifiedonbehalfby_entitytype" = CASE WHEN (?1 >> 16) & 1 THEN ?24 ELSE "modifiedonbehalfby_entitytype" END,
    "name" = CASE WHEN (?1 >> 17) & 1 THEN ?25 ELSE "name" END,
    "organizationid" = CASE WHEN (?1 >> 18) & 1 THEN ?26 ELSE "organizationid" END,
    "overriddencreatedon" = CASE WHEN (?1 >> 19) & 1 THEN ?27 ELSE "overriddencreatedon" END,
    "processid" = CASE WHEN (?1 >> 20) & 1 THEN ?28 ELSE "processid" END,
    "queueid" = CASE WHEN (?1 >> 21) & 1 THEN ?29 ELSE "queueid" END,
    "queueid_entitytype" = CASE WHEN (?1 >> 21) & 1 THEN ?30 ELSE "queueid_entitytype" END,
    "regardingobjectid" = CASE WHEN (?1 >> 22) & 1 THEN ?31 ELSE "regardingobjectid" END,
    "regardingobjectid_entitytype" = CASE WHEN (?1 >> 22) & 1 THEN ?32 ELSE "regardingobjectid_entitytype" END,
    "sharelinkqualifier" = CASE WHEN (?1 >> 23) & 1 THEN ?33 ELSE "sharelinkqualifier" END,
    "stageid" = CASE WHEN (?1 >> 24) & 1 THEN ?34 ELSE "stageid" END,
    "systemmanaged" = CASE WHEN (?1 >> 25) & 1 THEN ?35 ELSE "systemmanaged" END,
    "teamtemplateid" = CASE WHEN (?1 >> 27) & 1 THEN ?36 ELSE "teamtemplateid" END,
    "teamtemplateid_entitytype" = CASE WHEN (?1 >> 27) & 1 THEN ?37 ELSE "teamtemplateid_entitytype" END,
    "teamtype" = CASE WHEN (?1 >> 28) & 1 THEN ?38 ELSE "teamtype" END,
    "transactioncurrencyid" = CASE WHEN (?1 >> 29) & 1 THEN ?39 ELSE "transactioncurrencyid" END,
    "transactioncurrencyid_entitytype" = CASE WHEN (?1 >> 29) & 1 THEN ?40 ELSE "transactioncurrencyid_entitytype" END,
    "traversedpath" = CASE WHEN (?1 >> 30) & 1 THEN ?41 ELSE "traversedpath" END,
    "yominame" = CASE WHEN (?1 >> 32) & 1 THEN ?42 ELSE "yominame" END,
    "modifiedon" = ?43,
    "SinkModifiedOn" = ?44,
"versionnumber" = NULL WHERE rowid = ?45;

-- statement 15
SELECT "Phase", "NextLink", "DeltaLink", "BeganOn", "RowsDone", "RowsTotal", "IsResync", "LastDeltaOn",
    "Message", "HighestVersion", "Scope", "RefreshedOn", "NewestId", "NewestVersion",
    "DeltaHasIdsOnly"
FROM "crm_TableSync" WHERE "EntityName" = ?1;

-- statement 16
INSERT INTO "crm_TableSync" ("EntityName", "Phase", "NextLink", "DeltaLink", "BeganOn", "RowsDone",
    "RowsTotal", "IsResync", "LastDeltaOn", "Message", "HighestVersion", "Scope", "RefreshedOn",
    "NewestId", "NewestVersion", "DeltaHasIdsOnly")
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
ON CONFLICT ("EntityName") DO UPDATE SET "Phase" = ?2, "NextLink" = ?3, "DeltaLink" = ?4, "BeganOn" = ?5,
    "RowsDone" = ?6, "RowsTotal" = ?7, "IsResync" = ?8, "LastDeltaOn" = ?9, "Message" = ?10,
    "Scope" = ?12, "RefreshedOn" = ?13, "NewestId" = ?14, "NewestVersion" = ?15,
    "DeltaHasIdsOnly" = ?16;

-- statement 17
UPDATE "crm_TableSync" SET "HighestVersion" = ?2 WHERE "EntityName" = ?1;
