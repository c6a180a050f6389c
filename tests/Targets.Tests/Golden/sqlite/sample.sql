-- create table
CREATE TABLE "crm_sample" (
    "Id" uniqueidentifier NOT NULL,
    "SinkCreatedOn" datetime,
    "SinkModifiedOn" datetime,
    "statecode" int,
    "statuscode" int,
    "industry" int,
    "region" int,
    "isactive" bit,
    "ownerid" uniqueidentifier,
    "ownerid_entitytype" nvarchar(128),
    "parentid" uniqueidentifier,
    "parentid_entitytype" nvarchar(128),
    "to" uniqueidentifier,
    "revenue" decimal(38,2),
    "sampleid" uniqueidentifier,
    "name" nvarchar(100),
    "description" "nvarchar(max)",
    "quantity" int,
    "versionnumber" bigint,
    "modifiedon" datetime,
    "birthdate" datetime,
    "rate" decimal(38,10),
    "latitude" decimal(38,5),
    "stageid" uniqueidentifier,
    "owneridtype" nvarchar(4000),
    "colours" nvarchar(4000),
    CONSTRAINT "EPK[dbo].[crm_sample]" PRIMARY KEY ("Id")
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
FROM "crm_sample" WHERE "Id" = ?1;

-- statement 11
INSERT INTO "crm_sample" ("Id",
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
    "colours") VALUES (?1,
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
    ?26);

-- statement 12
UPDATE "crm_sample" SET "SinkModifiedOn" = ?3,
    "statecode" = ?4,
    "statuscode" = ?5,
    "industry" = ?6,
    "region" = ?7,
    "isactive" = ?8,
    "ownerid" = ?9,
    "ownerid_entitytype" = ?10,
    "parentid" = ?11,
    "parentid_entitytype" = ?12,
    "to" = ?13,
    "revenue" = ?14,
    "sampleid" = ?15,
    "name" = ?16,
    "description" = ?17,
    "quantity" = ?18,
    "versionnumber" = ?19,
    "modifiedon" = ?20,
    "birthdate" = ?21,
    "rate" = ?22,
    "latitude" = ?23,
    "stageid" = ?24,
    "owneridtype" = ?25,
    "colours" = ?26 WHERE rowid = ?2;

-- statement 13
DELETE FROM "crm_sample" WHERE rowid = ?1;

-- statement 14
UPDATE "crm_sample" SET "name" = CASE WHEN (?1 >> 1) & 1 THEN ?2 ELSE "name" END,
    "description" = CASE WHEN (?1 >> 2) & 1 THEN ?3 ELSE "description" END,
    "quantity" = CASE WHEN (?1 >> 3) & 1 THEN ?4 ELSE "quantity" END,
    "isactive" = CASE WHEN (?1 >> 5) & 1 THEN ?5 ELSE "isactive" END,
    "birthdate" = CASE WHEN (?1 >> 7) & 1 THEN ?6 ELSE "birthdate" END,
    "rate" = CASE WHEN (?1 >> 8) & 1 THEN ?7 ELSE "rate" END,
    "latitude" = CASE WHEN (?1 >> 9) & 1 THEN ?8 ELSE "latitude" END,
    "revenue" = CASE WHEN (?1 >> 10) & 1 THEN ?9 ELSE "revenue" END,
    "industry" = CASE WHEN (?1 >> 11) & 1 THEN ?10 ELSE "industry" END,
    "region" = CASE WHEN (?1 >> 12) & 1 THEN ?11 ELSE "region" END,
    "statuscode" = CASE WHEN (?1 >> 13) & 1 THEN ?12 ELSE "statuscode" END,
    "statecode" = CASE WHEN (?1 >> 14) & 1 THEN ?13 ELSE "statecode" END,
    "ownerid" = CASE WHEN (?1 >> 15) & 1 THEN ?14 ELSE "ownerid" END,
    "ownerid_entitytype" = CASE WHEN (?1 >> 15) & 1 THEN ?15 ELSE "ownerid_entitytype" END,
    "parentid" = CASE WHEN (?1 >> 16) & 1 THEN ?16 ELSE "parentid" END,
    "parentid_entitytype" = CASE WHEN (?1 >> 16) & 1 THEN ?17 ELSE "parentid_entitytype" END,
    "stageid" = CASE WHEN (?1 >> 17) & 1 THEN ?18 ELSE "stageid" END,
    "owneridtype" = CASE WHEN (?1 >> 18) & 1 THEN ?19 ELSE "owneridtype" END,
    "colours" = CASE WHEN (?1 >> 19) & 1 THEN ?20 ELSE "colours" END,
    "to" = CASE WHEN (?1 >> 20) & 1 THEN ?21 ELSE "to" END,
    "modifiedon" = ?22,
    "SinkModifiedOn" = ?23,
"versionnumber" = NULL WHERE rowid = ?24;

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
