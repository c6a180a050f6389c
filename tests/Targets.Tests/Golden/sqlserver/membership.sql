-- statement 0
SELECT t."Id", t."versionnumber", CAST(NULL AS datetime), t."SinkModifiedOn"
FROM @Ids AS k INNER JOIN "dbo"."crm_membership" AS t WITH (UPDLOCK, HOLDLOCK) ON t."Id" = k."Id";

-- statement 1
IF @@TRANCOUNT = 0 RETURN;
DELETE FROM "dbo"."crm_membership" WHERE "Id" IN (SELECT k."Id" FROM @Ids AS k);

-- statement 2
IF @@TRANCOUNT = 0 RETURN;
INSERT INTO "dbo"."crm_membership" ("Id",
    "SinkCreatedOn",
    "SinkModifiedOn",
    "membershipid",
    "teamid",
    "userid",
    "versionnumber")
SELECT "Id", "SinkCreatedOn", "SinkModifiedOn", "membershipid", "teamid", "userid", "versionnumber" FROM @Rows;

-- statement 3
IF @@TRANCOUNT = 0 RETURN;
UPDATE t SET "SinkModifiedOn" = s."SinkModifiedOn",
    "membershipid" = s."membershipid",
    "teamid" = s."teamid",
    "userid" = s."userid",
    "versionnumber" = s."versionnumber"
FROM "dbo"."crm_membership" AS t INNER JOIN @Rows AS s ON t."Id" = s."Id";

-- statement 4
CREATE TABLE "dbo"."crm_membership$stage580c80d57838d370" ("Id" uniqueidentifier NULL,
    "SinkCreatedOn" datetime NULL,
    "SinkModifiedOn" datetime NULL,
    "membershipid" uniqueidentifier NULL,
    "teamid" uniqueidentifier NULL,
    "userid" uniqueidentifier NULL,
    "versionnumber" bigint NULL);

-- statement 5
SELECT "Phase", "HighestVersion", "LastQuestion",
    CASE WHEN EXISTS (SELECT 1 FROM "dbo"."crm_DeleteLog" WHERE "EntityName" = @EntityName)
        OR EXISTS (SELECT 1 FROM "dbo"."crm_Pending" WHERE "EntityName" = @EntityName)
        OR EXISTS (SELECT 1 FROM "dbo"."crm_membership" WHERE "Id" = @First)
        OR EXISTS (SELECT 1 FROM "dbo"."crm_membership" WHERE "Id" = @Last) THEN 1 ELSE 0 END,
    CASE WHEN EXISTS (
    SELECT 1 FROM "dbo"."crm_membership" AS t
    WHERE t."Id" = @First AND (t."versionnumber" IS NULL OR t."versionnumber" >= @FirstVersion))
        OR EXISTS (
    SELECT 1 FROM "dbo"."crm_membership" AS t
    WHERE t."Id" = @Last AND (t."versionnumber" IS NULL OR t."versionnumber" >= @LastVersion)) THEN 1 ELSE 0 END,
    OBJECT_ID(@Stage)
FROM "dbo"."crm_TableSync" WHERE "EntityName" = @EntityName;

-- statement 6
DECLARE @Written int;
UPDATE t SET "SinkModifiedOn" = s."SinkModifiedOn",
    "membershipid" = s."membershipid",
    "teamid" = s."teamid",
    "userid" = s."userid",
    "versionnumber" = s."versionnumber"
FROM "dbo"."crm_membership" AS t INNER JOIN "dbo"."crm_membership$stage580c80d57838d370" AS s ON t."Id" = s."Id"
WHERE t."versionnumber" < s."versionnumber"
    AND t."SinkModifiedOn" < s."SinkModifiedOn";
SET @Written = @@ROWCOUNT;
INSERT INTO "dbo"."crm_membership" ("Id",
    "SinkCreatedOn",
    "SinkModifiedOn",
    "membershipid",
    "teamid",
    "userid",
    "versionnumber")
SELECT "Id",
    "SinkCreatedOn",
    "SinkModifiedOn",
    "membershipid",
    "teamid",
    "userid",
    "versionnumber"
FROM "dbo"."crm_membership$stage580c80d57838d370" AS s
WHERE NOT EXISTS (SELECT 1 FROM "dbo"."crm_membership" AS t WITH (UPDLOCK, HOLDLOCK) WHERE t."Id" = s."Id")
    AND (NOT EXISTS (SELECT 1 FROM "dbo"."crm_DeleteLog" WHERE "EntityName" = @EntityName)
        OR NOT EXISTS (
            SELECT 1 FROM "dbo"."crm_DeleteLog" AS d
            WHERE d."EntityName" = @EntityName
                AND d."RecordId" IN (LOWER(CONVERT(nvarchar(36), s."Id")), UPPER(CONVERT(nvarchar(36), s."Id")))));
SET @Written = @Written + @@ROWCOUNT;
IF EXISTS (SELECT 1 FROM "dbo"."crm_Pending" WHERE "EntityName" = @EntityName)
    DELETE FROM "dbo"."crm_Pending"
    WHERE "EntityName" = @EntityName AND "AskedOn" < @Began
        AND "RecordId" IN (SELECT s."Id" FROM "dbo"."crm_membership$stage580c80d57838d370" AS s);
TRUNCATE TABLE "dbo"."crm_membership$stage580c80d57838d370";
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
FROM "dbo"."crm_Pending" AS p LEFT JOIN "dbo"."crm_membership" AS r ON r."Id" = p."RecordId"
WHERE p."EntityName" = @EntityName AND p."QuestionNumber" > @AfterNumber
ORDER BY p."QuestionNumber"
OPTION (FORCE ORDER, LOOP JOIN);

-- statement 8
SELECT TOP (@RowsMax) "Id" FROM "dbo"."crm_membership"
WHERE "Id" > @AfterId AND ("SinkModifiedOn" < @Began OR "SinkModifiedOn" IS NULL) ORDER BY "Id";

-- statement 9
SELECT COUNT_BIG(*) FROM "dbo"."crm_membership";

-- statement 10
SELECT "Id" FROM "dbo"."crm_membership" WHERE "versionnumber" = @Value;

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
LEFT JOIN "dbo"."crm_membership" AS t ON t."Id" = k."Id"
LEFT JOIN "dbo"."crm_Pending" AS p ON p."EntityName" = @EntityName AND p."RecordId" = k."Id"
OPTION (FORCE ORDER, LOOP JOIN);

-- statement 12
SELECT TOP (@RowsMax) "Id" FROM "dbo"."crm_membership" ORDER BY "Id";

-- statement 13
SELECT TOP (@RowsMax) "Id" FROM "dbo"."crm_membership" WHERE "Id" > @AfterId ORDER BY "Id";

-- statement 14
SELECT s."Id",
    CASE WHEN (t."membershipid" = s."membershipid") OR (t."membershipid" IS NULL AND s."membershipid" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."teamid" = s."teamid") OR (t."teamid" IS NULL AND s."teamid" IS NULL) THEN 0 ELSE 1 END,
    CASE WHEN (t."userid" = s."userid") OR (t."userid" IS NULL AND s."userid" IS NULL) THEN 0 ELSE 1 END
FROM @Rows AS s INNER JOIN "dbo"."crm_membership" AS t ON t."Id" = s."Id" AND t."versionnumber" = s."versionnumber"
WHERE EXISTS (
    SELECT t."membershipid", t."teamid", t."userid"
    EXCEPT
    SELECT s."membershipid", s."teamid", s."userid");

-- statement 15
INSERT INTO "dbo"."crm_TableSync"
    ("EntityName", "Phase", "RowsDone", "RowsTotal", "IsResync", "HighestVersion", "LastQuestion")
SELECT @EntityName, 0, 0, 0, 0, COALESCE(MAX(v."Highest"), 0), 0 FROM (
    SELECT MAX("versionnumber") AS "Highest" FROM "dbo"."crm_membership"
    UNION ALL
    SELECT MAX("VersionNumber") FROM "dbo"."crm_DeleteLog" WHERE "EntityName" = @EntityName) AS v;

-- statement 16
IF NOT EXISTS (
    SELECT 1 FROM sys.index_columns AS k
    WHERE k.object_id = OBJECT_ID(@Object) AND k.key_ordinal = 1
        AND LOWER(COL_NAME(k.object_id, k.column_id)) = LOWER(@Column))
    CREATE INDEX "crm_membership_versionnumber" ON "dbo"."crm_membership" ("versionnumber");

-- statement 17
UPDATE "dbo"."crm_membership" SET "SinkCreatedOn" = NULL, "SinkModifiedOn" = NULL;

-- statement 18
CREATE TYPE "dbo"."crm_membershipType" AS TABLE (
    "Id" uniqueidentifier NULL,
    "SinkCreatedOn" datetime NULL,
    "SinkModifiedOn" datetime NULL,
    "membershipid" uniqueidentifier NULL,
    "teamid" uniqueidentifier NULL,
    "userid" uniqueidentifier NULL,
    "versionnumber" bigint NULL,
    "sent columns 0" bigint NULL
);

-- statement 19
CREATE TYPE "dbo"."crm_membershipIdType" AS TABLE (
    "Id" uniqueidentifier NULL
);

-- statement 20
CREATE TABLE "dbo"."crm_membership" (
    "Id" uniqueidentifier NOT NULL,
    "SinkCreatedOn" datetime NULL,
    "SinkModifiedOn" datetime NULL,
    "membershipid" uniqueidentifier NULL,
    "teamid" uniqueidentifier NULL,
    "userid" uniqueidentifier NULL,
    "versionnumber" bigint NULL,
    CONSTRAINT "EPK[dbo].[crm_membership]" PRIMARY KEY CLUSTERED ("Id")
);

-- statement 21
ALTER TABLE "dbo"."crm_membership" ADD "versionnumber" bigint NULL;

-- statement 22
ALTER TABLE "dbo"."crm_membership" ALTER COLUMN "versionnumber" bigint;

-- statement 23
ALTER TABLE "dbo"."crm_membership" ADD "versionnumber" bigint NULL;

-- statement 24
CREATE INDEX "IX[crm_membership].[versionnumber]" ON "dbo"."crm_membership" ("versionnumber");
