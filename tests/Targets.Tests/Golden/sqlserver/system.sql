-- statement 0
SET QUOTED_IDENTIFIER ON;
SET XACT_ABORT ON;
SET TRANSACTION ISOLATION LEVEL READ COMMITTED;
SET LOCK_TIMEOUT 20000;
SELECT CASE WHEN SERVERPROPERTY('Babelfish') IS NULL THEN 1 ELSE 0 END;

-- statement 1
DECLARE @Answer int = 0;
IF @Answer >= 0
    EXEC @Answer = sp_getapplock @Resource = @Resource0, @LockMode = 'Exclusive',
        @LockOwner = 'Transaction', @LockTimeout = @Milliseconds;
IF @Answer >= 0
    EXEC @Answer = sp_getapplock @Resource = @Resource1, @LockMode = 'Exclusive',
        @LockOwner = 'Transaction', @LockTimeout = @Milliseconds;
IF @Answer >= 0
    EXEC @Answer = sp_getapplock @Resource = @Resource2, @LockMode = 'Exclusive',
        @LockOwner = 'Transaction', @LockTimeout = @Milliseconds;
SELECT @Answer, CAST(SYSUTCDATETIME() AS datetime);

-- statement 2
SELECT TABLE_NAME FROM INFORMATION_SCHEMA.TABLES
WHERE TABLE_SCHEMA = @Schema AND LEFT(TABLE_NAME, @Letters) = @Stem;

-- statement 3
UPDATE "dbo"."crm_TableSync" SET "HighestVersion" = @HighestVersion WHERE "EntityName" = @EntityName
    AND ("HighestVersion" IS NULL OR "HighestVersion" < @HighestVersion);

-- statement 4
SELECT "Phase", "HighestVersion", "LastQuestion" FROM "dbo"."crm_TableSync" WHERE "EntityName" = @EntityName;

-- statement 5
SELECT k."Id", d."Id", d."SinkDeleteTime"
FROM @Ids AS k
INNER JOIN "dbo"."crm_DeleteLog" AS d ON d."Id" = (
    SELECT MAX(e."Id") FROM "dbo"."crm_DeleteLog" AS e
    WHERE e."EntityName" = @EntityName AND e."RecordId" IN (LOWER(CONVERT(nvarchar(36),
    k."Id")),
    UPPER(CONVERT(nvarchar(36),
    k."Id"))))
WHERE EXISTS (SELECT 1 FROM "dbo"."crm_DeleteLog" WHERE "EntityName" = @EntityName);

-- statement 6
SELECT p."RecordId", p."Reason", p."QuestionNumber", p."AskedOn"
FROM @Ids AS k INNER JOIN "dbo"."crm_Pending" AS p ON p."EntityName" = @EntityName AND p."RecordId" = k."Id";

-- statement 7
IF @@TRANCOUNT = 0 RETURN;
INSERT INTO "dbo"."crm_DeleteLog" ("EntityName", "RecordId", "SinkDeleteTime", "VersionNumber")
SELECT @EntityName, LOWER(CONVERT(nvarchar(36), l."RecordId")), l."SinkDeleteTime", l."VersionNumber"
FROM @Log AS l ORDER BY l."SinkDeleteTime";

-- statement 8
IF @@TRANCOUNT = 0 RETURN;
UPDATE d SET "SinkDeleteTime" = l."SinkDeleteTime", "VersionNumber" = l."VersionNumber"
FROM "dbo"."crm_DeleteLog" AS d INNER JOIN @Log AS l ON d."Id" = l."EntryId";

-- statement 9
IF @@TRANCOUNT = 0 RETURN;
UPDATE p
SET "Reason" = q."Reason", "QuestionNumber" = q."QuestionNumber", "AskedOn" = q."AskedOn"
FROM "dbo"."crm_Pending" AS p INNER JOIN @Questions AS q ON p."RecordId" = q."RecordId"
WHERE p."EntityName" = @EntityName;
INSERT INTO "dbo"."crm_Pending" ("EntityName", "RecordId", "Reason", "QuestionNumber", "AskedOn")
SELECT @EntityName, q."RecordId", q."Reason", q."QuestionNumber", q."AskedOn" FROM @Questions AS q
WHERE NOT EXISTS (
    SELECT 1 FROM "dbo"."crm_Pending" AS p WHERE p."EntityName" = @EntityName AND p."RecordId" = q."RecordId");

-- statement 10
IF @@TRANCOUNT = 0 RETURN;
DELETE FROM "dbo"."crm_Pending"
WHERE "EntityName" = @EntityName AND "RecordId" IN (SELECT k."Id" FROM @Ids AS k);

-- statement 11
IF @@TRANCOUNT = 0 RETURN;
UPDATE p SET "QuestionNumber" = q."QuestionNumber", "AskedOn" = @AskedOn
FROM "dbo"."crm_PendingSets" AS p
INNER JOIN @Questions AS q ON p."ColumnName" = q."ColumnName" AND p."Value" = q."Value"
WHERE p."EntityName" = @EntityName;
INSERT INTO "dbo"."crm_PendingSets" ("EntityName", "ColumnName", "Value", "QuestionNumber", "AskedOn")
SELECT @EntityName, q."ColumnName", q."Value", q."QuestionNumber", @AskedOn FROM @Questions AS q
WHERE NOT EXISTS (
    SELECT 1 FROM "dbo"."crm_PendingSets" AS p
    WHERE p."EntityName" = @EntityName AND p."ColumnName" = q."ColumnName" AND p."Value" = q."Value");

-- statement 12
IF @@TRANCOUNT = 0 RETURN;
UPDATE "dbo"."crm_TableSync" SET "HighestVersion" = @HighestVersion, "LastQuestion" = @LastQuestion
WHERE "EntityName" = @EntityName;

-- statement 13
SELECT "EntityName",
    "Phase",
    "NextLink",
    "DeltaLink",
    "BeganOn",
    "RowsDone",
    "RowsTotal",
    "IsResync",
    "LastDeltaOn",
    "Message",
"Scope", "RefreshedOn", "NewestId", "NewestVersion", "DeltaHasIdsOnly" FROM "dbo"."crm_TableSync";

-- statement 14
UPDATE "dbo"."crm_TableSync" SET "Phase" = @Phase, "NextLink" = @NextLink, "DeltaLink" = @DeltaLink,
    "BeganOn" = @BeganOn, "RowsDone" = @RowsDone, "RowsTotal" = @RowsTotal, "IsResync" = @IsResync,
    "LastDeltaOn" = @LastDeltaOn, "Message" = @Message, "Scope" = @Scope,
    "RefreshedOn" = @RefreshedOn, "NewestId" = @NewestId, "NewestVersion" = @NewestVersion,
    "DeltaHasIdsOnly" = @DeltaHasIdsOnly
WHERE "EntityName" = @EntityName;
INSERT INTO "dbo"."crm_TableSync" ("EntityName",
    "Phase",
    "NextLink",
    "DeltaLink",
    "BeganOn",
    "RowsDone",
    "RowsTotal",
    "IsResync",
    "LastDeltaOn",
    "Message",
"Scope", "RefreshedOn", "NewestId", "NewestVersion", "DeltaHasIdsOnly")
SELECT @EntityName,
    @Phase,
    @NextLink,
    @DeltaLink,
    @BeganOn,
    @RowsDone,
    @RowsTotal,
    @IsResync,
    @LastDeltaOn,
    @Message,
    @Scope,
    @RefreshedOn,
    @NewestId,
    @NewestVersion,
    @DeltaHasIdsOnly
WHERE NOT EXISTS (SELECT 1 FROM "dbo"."crm_TableSync" WHERE "EntityName" = @EntityName);

-- statement 15
DELETE FROM "dbo"."crm_DeleteLog" WHERE "Id" IN (
    SELECT TOP (@RowsMax) d."Id" FROM "dbo"."crm_DeleteLog" AS d
    WHERE d."EntityName" = @EntityName AND d."SinkDeleteTime" < @Before AND LOWER(d."RecordId") NOT IN (
        SELECT LOWER(CONVERT(nvarchar(36), p."RecordId")) FROM "dbo"."crm_Pending" AS p
        WHERE p."EntityName" = @EntityName));

-- statement 16
SELECT asked."EntityName", COUNT_BIG(*) FROM (
    SELECT "EntityName" FROM "dbo"."crm_Pending" UNION ALL SELECT "EntityName" FROM "dbo"."crm_PendingSets") AS asked
GROUP BY asked."EntityName";

-- statement 17
SELECT TOP (@RowsMax) "ColumnName", "Value", "QuestionNumber", "AskedOn" FROM "dbo"."crm_PendingSets"
WHERE "EntityName" = @EntityName AND "QuestionNumber" > @AfterNumber AND "AskedOn" <= @AskedUntil
ORDER BY "QuestionNumber";

-- statement 18
DELETE p FROM "dbo"."crm_PendingSets" AS p
INNER JOIN @Questions AS q ON p."ColumnName" = q."ColumnName" AND p."Value" = q."Value"
    AND p."QuestionNumber" <= q."QuestionNumber"
WHERE p."EntityName" = @EntityName;

-- statement 19
DELETE FROM "dbo"."crm_PendingSets" WHERE "EntityName" = @EntityName AND "AskedOn" < @Began;

-- statement 20
SELECT t.TABLE_TYPE, c.COLUMN_NAME, c.DATA_TYPE, c.CHARACTER_MAXIMUM_LENGTH, c.NUMERIC_SCALE,
    CASE WHEN c.IS_NULLABLE = 'NO' AND c.COLUMN_DEFAULT IS NULL THEN 1 ELSE 0 END,
    CASE WHEN EXISTS (
        SELECT 1 FROM sys.indexes AS i
        INNER JOIN sys.index_columns AS k ON k.object_id = i.object_id AND k.index_id = i.index_id
        WHERE i.object_id = OBJECT_ID(@Object) AND i.is_unique = 1 AND i.has_filter = 0 AND k.key_ordinal = 1
            AND LOWER(COL_NAME(k.object_id, k.column_id)) = LOWER(c.COLUMN_NAME)
            AND NOT EXISTS (
                SELECT 1 FROM sys.index_columns AS o
                WHERE o.object_id = i.object_id AND o.index_id = i.index_id AND o.key_ordinal > 1))
        THEN 1 ELSE 0 END,
    CASE WHEN EXISTS (
        SELECT 1 FROM sys.indexes AS i
        INNER JOIN sys.index_columns AS k ON k.object_id = i.object_id AND k.index_id = i.index_id
        WHERE i.object_id = OBJECT_ID(@Object) AND i.has_filter = 0 AND k.key_ordinal = 1
            AND LOWER(COL_NAME(k.object_id, k.column_id)) = LOWER(c.COLUMN_NAME))
        THEN 1 ELSE 0 END
FROM INFORMATION_SCHEMA.TABLES AS t
LEFT JOIN INFORMATION_SCHEMA.COLUMNS AS c ON c.TABLE_SCHEMA = t.TABLE_SCHEMA AND c.TABLE_NAME = t.TABLE_NAME
WHERE t.TABLE_SCHEMA = @Schema AND t.TABLE_NAME = @Table
ORDER BY c.ORDINAL_POSITION;

-- statement 21
SELECT tt.name FROM sys.table_types AS tt WHERE tt.schema_id = SCHEMA_ID(@Schema);

-- statement 22
SELECT c.name, t.name, c.max_length, c.precision, c.scale
FROM sys.table_types AS tt
INNER JOIN sys.columns AS c ON c.object_id = tt.type_table_object_id
INNER JOIN sys.types AS t ON t.user_type_id = c.user_type_id
WHERE tt.schema_id = SCHEMA_ID(@Schema) AND tt.name = @Type
ORDER BY c.column_id;

-- statement 23
SELECT is_read_committed_snapshot_on FROM sys.databases WHERE name = DB_NAME();

-- statement 24
SELECT SCHEMA_ID(@Schema);

-- statement 25
EXEC(N'CREATE SCHEMA "dbo"');

-- statement 26
SELECT s."EntityName", s."ColumnName" FROM "dbo"."crm_SchemaChanges" AS s
INNER JOIN (
    SELECT "EntityName", "ColumnName", MAX("Id") AS "Latest" FROM "dbo"."crm_SchemaChanges"
    WHERE "ColumnName" IS NOT NULL GROUP BY "EntityName", "ColumnName") AS l ON l."Latest" = s."Id"
WHERE s."Change" = N'ColumnRemoved';

-- statement 27
SELECT COALESCE(OBJECT_DEFINITION(OBJECT_ID(@Object)), N'') WHERE OBJECT_ID(@Object) IS NOT NULL;

-- statement 28
INSERT INTO "dbo"."crm_SchemaChanges" ("EntityName", "ColumnName", "Change", "Detail", "ChangedOn")
VALUES (@EntityName, @ColumnName, @Change, @Detail, @ChangedOn);

-- statement 29
UPDATE "dbo"."crm_TableSync" SET "Phase" = 0, "NextLink" = NULL, "DeltaLink" = NULL, "BeganOn" = NULL,
    "RowsDone" = 0, "RowsTotal" = 0, "IsResync" = 0, "LastDeltaOn" = NULL, "Message" = NULL
WHERE "EntityName" = @EntityName;

-- statement 30
SELECT 1 FROM "dbo"."crm_TableSync" WHERE "EntityName" = @EntityName;

-- statement 31
CREATE TYPE "dbo"."crm_DeleteLogType" AS TABLE (
    "EntryId" bigint NULL,
    "RecordId" uniqueidentifier NULL,
    "SinkDeleteTime" datetime NULL,
    "VersionNumber" bigint NULL
);

-- statement 32
CREATE TYPE "dbo"."crm_PendingType" AS TABLE (
    "RecordId" uniqueidentifier NULL,
    "Reason" int NULL,
    "QuestionNumber" bigint NULL,
    "AskedOn" datetime NULL
);

-- statement 33
CREATE TYPE "dbo"."crm_PendingSetsType" AS TABLE (
    "ColumnName" nvarchar(128) NULL,
    "Value" uniqueidentifier NULL,
    "QuestionNumber" bigint NULL
);

-- statement 34
CREATE TABLE "dbo"."crm_OptionsetMetadata" (
    "EntityName" nvarchar(64) NOT NULL,
    "OptionSetName" nvarchar(64) NOT NULL,
    "Option" int NOT NULL,
    "IsUserLocalizedLabel" bit NOT NULL,
    "LocalizedLabelLanguageCode" int NOT NULL,
    "LocalizedLabel" nvarchar(350),
    PRIMARY KEY ("EntityName", "OptionSetName", "Option", "IsUserLocalizedLabel", "LocalizedLabelLanguageCode")
);

-- statement 35
CREATE TABLE "dbo"."crm_GlobalOptionsetMetadata" (
    "OptionSetName" nvarchar(64) NOT NULL,
    "Option" int NOT NULL,
    "IsUserLocalizedLabel" bit NOT NULL,
    "LocalizedLabelLanguageCode" int NOT NULL,
    "LocalizedLabel" nvarchar(350),
    PRIMARY KEY ("OptionSetName", "Option", "IsUserLocalizedLabel", "LocalizedLabelLanguageCode")
);

-- statement 36
CREATE TABLE "dbo"."crm_StateMetadata" (
    "EntityName" nvarchar(64) NOT NULL,
    "State" int NOT NULL,
    "IsUserLocalizedLabel" bit NOT NULL,
    "LocalizedLabelLanguageCode" int NOT NULL,
    "LocalizedLabel" nvarchar(350),
    PRIMARY KEY ("EntityName", "State", "IsUserLocalizedLabel", "LocalizedLabelLanguageCode")
);

-- statement 37
CREATE TABLE "dbo"."crm_StatusMetadata" (
    "EntityName" nvarchar(64) NOT NULL,
    "State" int NOT NULL,
    "Status" int NOT NULL,
    "IsUserLocalizedLabel" bit NOT NULL,
    "LocalizedLabelLanguageCode" int NOT NULL,
    "LocalizedLabel" nvarchar(350),
    PRIMARY KEY ("EntityName", "State", "Status", "IsUserLocalizedLabel", "LocalizedLabelLanguageCode")
);

-- statement 38
CREATE TABLE "dbo"."crm_TargetMetadata" (
    "EntityName" nvarchar(64) NOT NULL,
    "AttributeName" nvarchar(64) NOT NULL,
    "ReferencedEntity" nvarchar(64) NOT NULL,
    "ReferencedAttribute" nvarchar(64),
    PRIMARY KEY ("EntityName", "AttributeName", "ReferencedEntity")
);

-- statement 39
CREATE TABLE "dbo"."crm_AttributeMetadata" (
    "Id" bigint IDENTITY(1,1) NOT NULL,
    "EntityName" nvarchar(64) NOT NULL,
    "AttributeName" nvarchar(64) NOT NULL,
    "AttributeType" nvarchar(64) NOT NULL,
    "AttributeTypeCode" int NOT NULL,
    "Version" bigint NOT NULL,
    "Timestamp" datetime,
    "MetadataId" nvarchar(64),
    "Precision" int,
    PRIMARY KEY ("Id")
);

-- statement 40
CREATE TABLE "dbo"."crm_DeleteLog" (
    "Id" bigint IDENTITY(1,1) NOT NULL,
    "EntityName" nvarchar(64) NOT NULL,
    "RecordId" nvarchar(64) NOT NULL,
    "SinkDeleteTime" datetime NOT NULL,
    "VersionNumber" bigint NOT NULL,
    PRIMARY KEY ("Id")
);

-- statement 41
CREATE INDEX "crm_DeleteLog_RecordId" ON "dbo"."crm_DeleteLog" ("EntityName", "RecordId");

-- statement 42
CREATE TABLE "dbo"."crm_Pending" (
    "EntityName" nvarchar(64) NOT NULL,
    "RecordId" uniqueidentifier NOT NULL,
    "Reason" int NOT NULL,
    "QuestionNumber" bigint NOT NULL,
    "AskedOn" datetime NOT NULL,
    PRIMARY KEY ("EntityName", "RecordId")
);

-- statement 43
CREATE INDEX "crm_Pending_QuestionNumber" ON "dbo"."crm_Pending" ("EntityName", "QuestionNumber");

-- statement 44
CREATE TABLE "dbo"."crm_PendingSets" (
    "EntityName" nvarchar(64) NOT NULL,
    "ColumnName" nvarchar(128) NOT NULL,
    "Value" uniqueidentifier NOT NULL,
    "QuestionNumber" bigint NOT NULL,
    "AskedOn" datetime NOT NULL,
    PRIMARY KEY ("EntityName", "ColumnName", "Value")
);

-- statement 45
CREATE INDEX "crm_PendingSets_QuestionNumber" ON "dbo"."crm_PendingSets" ("EntityName", "QuestionNumber");

-- statement 46
CREATE TABLE "dbo"."crm_TableSync" (
    "EntityName" nvarchar(64) NOT NULL,
    "Phase" int NOT NULL,
    "NextLink" nvarchar(max),
    "DeltaLink" nvarchar(max),
    "BeganOn" datetime,
    "RowsDone" bigint NOT NULL,
    "RowsTotal" bigint NOT NULL,
    "IsResync" bit NOT NULL,
    "LastDeltaOn" datetime,
    "Message" nvarchar(max),
    "HighestVersion" bigint,
    "LastQuestion" bigint,
    "Scope" nvarchar(64),
    "RefreshedOn" datetime,
    "NewestId" uniqueidentifier,
    "NewestVersion" bigint,
    "DeltaHasIdsOnly" bit,
    PRIMARY KEY ("EntityName")
);

-- statement 47
CREATE TABLE "dbo"."crm_SchemaChanges" (
    "Id" bigint IDENTITY(1,1) NOT NULL,
    "EntityName" nvarchar(64) NOT NULL,
    "ColumnName" nvarchar(128),
    "Change" nvarchar(64) NOT NULL,
    "Detail" nvarchar(400),
    "ChangedOn" datetime NOT NULL,
    PRIMARY KEY ("Id")
);

-- statement 48
IF NOT EXISTS (
    SELECT 1 FROM sys.index_columns AS k
    WHERE k.object_id = OBJECT_ID(@Object) AND k.key_ordinal IN (1, 2)
        AND LOWER(COL_NAME(k.object_id, k.column_id)) = LOWER(@Column))
    CREATE INDEX "crm_DeleteLog_RecordId" ON "dbo"."crm_DeleteLog" ("EntityName", "RecordId");

-- statement 49
IF NOT EXISTS (
    SELECT 1 FROM sys.index_columns AS k
    WHERE k.object_id = OBJECT_ID(@Object) AND k.key_ordinal IN (1, 2)
        AND LOWER(COL_NAME(k.object_id, k.column_id)) = LOWER(@Column))
    CREATE INDEX "crm_Pending_QuestionNumber" ON "dbo"."crm_Pending" ("EntityName", "QuestionNumber");

-- statement 50
IF NOT EXISTS (
    SELECT 1 FROM sys.index_columns AS k
    WHERE k.object_id = OBJECT_ID(@Object) AND k.key_ordinal IN (1, 2)
        AND LOWER(COL_NAME(k.object_id, k.column_id)) = LOWER(@Column))
    CREATE INDEX "crm_PendingSets_QuestionNumber" ON "dbo"."crm_PendingSets" ("EntityName", "QuestionNumber");

-- statement 51
DELETE FROM "dbo"."crm_AttributeMetadata" WHERE "EntityName" = @Scope;

-- statement 52
DELETE FROM "dbo"."crm_TargetMetadata" WHERE "EntityName" = @Scope;

-- statement 53
DELETE FROM "dbo"."crm_StateMetadata" WHERE "EntityName" = @Scope;

-- statement 54
DELETE FROM "dbo"."crm_StatusMetadata" WHERE "EntityName" = @Scope;

-- statement 55
DELETE FROM "dbo"."crm_OptionsetMetadata" WHERE "EntityName" = @Scope;

-- statement 56
DELETE FROM "dbo"."crm_GlobalOptionsetMetadata" WHERE "OptionSetName" = @Scope;
