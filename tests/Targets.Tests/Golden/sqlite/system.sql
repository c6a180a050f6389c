-- create table
CREATE TABLE "crm_AttributeMetadata" (
    "Id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    "EntityName" nvarchar(64) NOT NULL,
    "AttributeName" nvarchar(64) NOT NULL,
    "AttributeType" nvarchar(64) NOT NULL,
    "AttributeTypeCode" int NOT NULL,
    "Version" bigint NOT NULL,
    "Timestamp" datetime,
    "MetadataId" nvarchar(64),
    "Precision" int
);

-- create table
CREATE TABLE "crm_DeleteLog" (
    "Id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    "EntityName" nvarchar(64) NOT NULL,
    "RecordId" nvarchar(64) NOT NULL,
    "SinkDeleteTime" datetime NOT NULL,
    "VersionNumber" bigint NOT NULL
);

-- create table
CREATE TABLE "crm_GlobalOptionsetMetadata" (
    "OptionSetName" nvarchar(64) NOT NULL,
    "Option" int NOT NULL,
    "IsUserLocalizedLabel" bit NOT NULL,
    "LocalizedLabelLanguageCode" int NOT NULL,
    "LocalizedLabel" nvarchar(350),
    PRIMARY KEY ("OptionSetName", "Option", "IsUserLocalizedLabel", "LocalizedLabelLanguageCode")
);

-- create table
CREATE TABLE "crm_OptionsetMetadata" (
    "EntityName" nvarchar(64) NOT NULL,
    "OptionSetName" nvarchar(64) NOT NULL,
    "Option" int NOT NULL,
    "IsUserLocalizedLabel" bit NOT NULL,
    "LocalizedLabelLanguageCode" int NOT NULL,
    "LocalizedLabel" nvarchar(350),
    PRIMARY KEY ("EntityName", "OptionSetName", "Option", "IsUserLocalizedLabel", "LocalizedLabelLanguageCode")
);

-- create table
CREATE TABLE "crm_Pending" (
    "EntityName" nvarchar(64) NOT NULL,
    "RecordId" nvarchar(64) NOT NULL,
    "Reason" int NOT NULL,
    "QuestionNumber" bigint NOT NULL,
    "AskedOn" datetime NOT NULL,
    PRIMARY KEY ("EntityName", "RecordId")
) WITHOUT ROWID;

-- create table
CREATE TABLE "crm_PendingSets" (
    "EntityName" nvarchar(64) NOT NULL,
    "ColumnName" nvarchar(128) NOT NULL,
    "Value" nvarchar(64) NOT NULL,
    "QuestionNumber" bigint NOT NULL,
    "AskedOn" datetime NOT NULL,
    PRIMARY KEY ("EntityName", "ColumnName", "Value")
) WITHOUT ROWID;

-- create table
CREATE TABLE "crm_SchemaChanges" (
    "Id" integer NOT NULL PRIMARY KEY AUTOINCREMENT,
    "EntityName" nvarchar(64) NOT NULL,
    "ColumnName" nvarchar(128),
    "Change" nvarchar(64) NOT NULL,
    "Detail" nvarchar(400),
    "ChangedOn" datetime NOT NULL
);

-- create table
CREATE TABLE "crm_StateMetadata" (
    "EntityName" nvarchar(64) NOT NULL,
    "State" int NOT NULL,
    "IsUserLocalizedLabel" bit NOT NULL,
    "LocalizedLabelLanguageCode" int NOT NULL,
    "LocalizedLabel" nvarchar(350),
    PRIMARY KEY ("EntityName", "State", "IsUserLocalizedLabel", "LocalizedLabelLanguageCode")
);

-- create table
CREATE TABLE "crm_StatusMetadata" (
    "EntityName" nvarchar(64) NOT NULL,
    "State" int NOT NULL,
    "Status" int NOT NULL,
    "IsUserLocalizedLabel" bit NOT NULL,
    "LocalizedLabelLanguageCode" int NOT NULL,
    "LocalizedLabel" nvarchar(350),
    PRIMARY KEY ("EntityName", "State", "Status", "IsUserLocalizedLabel", "LocalizedLabelLanguageCode")
);

-- create table
CREATE TABLE "crm_TableSync" (
    "EntityName" nvarchar(64) NOT NULL,
    "Phase" int NOT NULL,
    "NextLink" "nvarchar(max)",
    "DeltaLink" "nvarchar(max)",
    "BeganOn" datetime,
    "RowsDone" bigint NOT NULL,
    "RowsTotal" bigint NOT NULL,
    "IsResync" bit NOT NULL,
    "LastDeltaOn" datetime,
    "Message" "nvarchar(max)",
    "HighestVersion" bigint,
    "LastQuestion" bigint,
    "Scope" nvarchar(64),
    "RefreshedOn" datetime,
    "NewestId" nvarchar(64),
    "NewestVersion" bigint,
    "DeltaHasIdsOnly" bit,
    PRIMARY KEY ("EntityName")
) WITHOUT ROWID;

-- create table
CREATE TABLE "crm_TargetMetadata" (
    "EntityName" nvarchar(64) NOT NULL,
    "AttributeName" nvarchar(64) NOT NULL,
    "ReferencedEntity" nvarchar(64) NOT NULL,
    "ReferencedAttribute" nvarchar(64),
    PRIMARY KEY ("EntityName", "AttributeName", "ReferencedEntity")
);

-- create index
CREATE INDEX "crm_DeleteLog_RecordId" ON "crm_DeleteLog" ("EntityName", "RecordId");

-- create index
CREATE INDEX "crm_PendingSets_QuestionNumber" ON "crm_PendingSets" ("EntityName", "QuestionNumber");

-- create index
CREATE INDEX "crm_Pending_QuestionNumber" ON "crm_Pending" ("EntityName", "QuestionNumber");

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
SELECT "Id", "SinkDeleteTime" FROM "crm_DeleteLog"
WHERE "EntityName" = ?1 AND "RecordId" = ?2 ORDER BY "Id" DESC LIMIT 1;

-- statement 11
INSERT INTO "crm_DeleteLog" ("EntityName", "RecordId", "SinkDeleteTime", "VersionNumber")
VALUES (?1, ?2, ?3, ?4);

-- statement 12
UPDATE "crm_DeleteLog" SET "SinkDeleteTime" = ?1, "VersionNumber" = ?2 WHERE "Id" = ?3;

-- statement 13
DELETE FROM "crm_DeleteLog" WHERE "Id" IN (
    SELECT d."Id" FROM "crm_DeleteLog" AS d
    WHERE d."EntityName" = ?1 AND d."SinkDeleteTime" < ?2 AND d."RecordId" NOT IN (
        SELECT p."RecordId" FROM "crm_Pending" AS p WHERE p."EntityName" = ?1)
    LIMIT ?3)
RETURNING 1;

-- statement 14
SELECT 1 FROM "crm_DeleteLog" WHERE "EntityName" = ?1 LIMIT 1;

-- statement 15
SELECT MAX("VersionNumber") FROM "crm_DeleteLog" WHERE "EntityName" = ?1;

-- statement 16
INSERT INTO "crm_Pending" ("EntityName", "RecordId", "Reason", "QuestionNumber", "AskedOn")
VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO NOTHING;

-- statement 17
UPDATE "crm_Pending"
SET "Reason" = CASE ?3 WHEN 1 THEN "Reason" ELSE ?3 END,
    "QuestionNumber" = ?4, "AskedOn" = ?5
WHERE "EntityName" = ?1 AND "RecordId" = ?2;

-- statement 18
DELETE FROM "crm_Pending" WHERE "EntityName" = ?1 AND "RecordId" = ?2 AND "QuestionNumber" <= ?3;

-- statement 19
DELETE FROM "crm_Pending" WHERE "EntityName" = ?1 AND "RecordId" = ?2 AND "AskedOn" < ?3;

-- statement 20
DELETE FROM "crm_Pending"
WHERE "EntityName" = ?1 AND "RecordId" = ?2 AND "Reason" = 1;

-- statement 21
SELECT "AskedOn" FROM "crm_Pending" WHERE "EntityName" = ?1 AND "RecordId" = ?2;

-- statement 22
SELECT COUNT(*) FROM "crm_Pending" WHERE "EntityName" = ?1;

-- statement 23
SELECT MAX("QuestionNumber") FROM "crm_Pending";

-- statement 24
INSERT INTO "crm_PendingSets" ("EntityName", "ColumnName", "Value", "QuestionNumber", "AskedOn")
VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT DO UPDATE SET "QuestionNumber" = excluded."QuestionNumber", "AskedOn" = excluded."AskedOn";

-- statement 25
DELETE FROM "crm_PendingSets"
WHERE "EntityName" = ?1 AND "ColumnName" = ?2 AND "Value" = ?3 AND "QuestionNumber" <= ?4;

-- statement 26
DELETE FROM "crm_PendingSets" WHERE "EntityName" = ?1 AND "AskedOn" < ?2;

-- statement 27
SELECT COUNT(*) FROM "crm_PendingSets" WHERE "EntityName" = ?1;

-- statement 28
SELECT MAX("QuestionNumber") FROM "crm_PendingSets";

-- statement 29
SELECT "Phase", "NextLink", "DeltaLink", "BeganOn", "RowsDone", "RowsTotal", "IsResync", "LastDeltaOn",
    "Message", "HighestVersion", "Scope", "RefreshedOn", "NewestId", "NewestVersion",
    "DeltaHasIdsOnly"
FROM "crm_TableSync" WHERE "EntityName" = ?1;

-- statement 30
INSERT INTO "crm_TableSync" ("EntityName", "Phase", "NextLink", "DeltaLink", "BeganOn", "RowsDone",
    "RowsTotal", "IsResync", "LastDeltaOn", "Message", "HighestVersion", "Scope", "RefreshedOn",
    "NewestId", "NewestVersion", "DeltaHasIdsOnly")
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16)
ON CONFLICT ("EntityName") DO UPDATE SET "Phase" = ?2, "NextLink" = ?3, "DeltaLink" = ?4, "BeganOn" = ?5,
    "RowsDone" = ?6, "RowsTotal" = ?7, "IsResync" = ?8, "LastDeltaOn" = ?9, "Message" = ?10,
    "Scope" = ?12, "RefreshedOn" = ?13, "NewestId" = ?14, "NewestVersion" = ?15,
    "DeltaHasIdsOnly" = ?16;

-- statement 31
UPDATE "crm_TableSync" SET "HighestVersion" = ?2 WHERE "EntityName" = ?1;
