-- create table
CREATE TABLE "crm_membership" (
    "Id" uniqueidentifier NOT NULL,
    "SinkCreatedOn" datetime,
    "SinkModifiedOn" datetime,
    "membershipid" uniqueidentifier,
    "teamid" uniqueidentifier,
    "userid" uniqueidentifier,
    "versionnumber" bigint,
    CONSTRAINT "EPK[dbo].[crm_membership]" PRIMARY KEY ("Id")
);

-- create index
CREATE INDEX "crm_membership_teamid" ON "crm_membership" ("teamid");

-- create index
CREATE INDEX "crm_membership_userid" ON "crm_membership" ("userid");

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
SELECT rowid, "versionnumber", NULL, "SinkModifiedOn"
FROM "crm_membership" WHERE "Id" = ?1;

-- statement 11
INSERT INTO "crm_membership" ("Id",
    "SinkCreatedOn",
    "SinkModifiedOn",
    "membershipid",
    "teamid",
    "userid",
    "versionnumber") VALUES (?1,
    ?2,
    ?3,
    ?4,
    ?5,
    ?6,
    ?7);

-- statement 12
UPDATE "crm_membership" SET "SinkModifiedOn" = ?3,
    "membershipid" = ?4,
    "teamid" = ?5,
    "userid" = ?6,
    "versionnumber" = ?7 WHERE rowid = ?2;

-- statement 13
DELETE FROM "crm_membership" WHERE rowid = ?1;

-- statement 14
SELECT "Phase", "NextLink", "DeltaLink", "BeganOn", "RowsDone", "RowsTotal", "IsResync", "LastDeltaOn",
    "Message", "HighestVersion", "Scope", "RefreshedOn", "NewestId", "NewestVersion",
    "DeltaHasIdsOnly"
FROM "crm_TableSync" WHERE "EntityName" = ?1;

-- statement 15
INSERT INTO "crm_TableSync" ("EntityName", "Phase", "NextLink", "DeltaLink", "BeganOn", "RowsDone",
    "RowsTotal", "IsResync", "LastDeltaOn", "Message", "HighestVersion", "Scope", "RefreshedOn",
    "NewestId", "NewestVersion", "DeltaHasIdsOnly")
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
ON CONFLICT ("EntityName") DO UPDATE SET "Phase" = ?2, "NextLink" = ?3, "DeltaLink" = ?4, "BeganOn" = ?5,
    "RowsDone" = ?6, "RowsTotal" = ?7, "IsResync" = ?8, "LastDeltaOn" = ?9, "Message" = ?10,
    "Scope" = ?12, "RefreshedOn" = ?13, "NewestId" = ?14, "NewestVersion" = ?15,
    "DeltaHasIdsOnly" = ?16;

-- statement 16
UPDATE "crm_TableSync" SET "HighestVersion" = ?2 WHERE "EntityName" = ?1;
