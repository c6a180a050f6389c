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

-- statement 5
SELECT TOP (@RowsMax) "Id" FROM "dbo"."crm_membership"
WHERE "Id" > @AfterId AND ("SinkModifiedOn" < @Began OR "SinkModifiedOn" IS NULL) ORDER BY "Id";

-- statement 6
SELECT COUNT_BIG(*) FROM "dbo"."crm_membership";

-- statement 7
SELECT "Id" FROM "dbo"."crm_membership" WHERE "versionnumber" = @Value;

-- statement 8
INSERT INTO "dbo"."crm_TableSync"
    ("EntityName", "Phase", "RowsDone", "RowsTotal", "IsResync", "HighestVersion", "LastQuestion")
SELECT @EntityName, 0, 0, 0, 0, COALESCE(MAX(v."Highest"), 0), 0 FROM (
    SELECT MAX("versionnumber") AS "Highest" FROM "dbo"."crm_membership"
    UNION ALL
    SELECT MAX("VersionNumber") FROM "dbo"."crm_DeleteLog" WHERE "EntityName" = @EntityName) AS v;

-- statement 9
IF NOT EXISTS (
    SELECT 1 FROM sys.index_columns AS k
    WHERE k.object_id = OBJECT_ID(@Object) AND k.key_ordinal = 1
        AND LOWER(COL_NAME(k.object_id, k.column_id)) = LOWER(@Column))
    CREATE INDEX "crm_membership_versionnumber" ON "dbo"."crm_membership" ("versionnumber");

-- statement 10
UPDATE "dbo"."crm_membership" SET "SinkCreatedOn" = NULL, "SinkModifiedOn" = NULL;

-- statement 11
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

-- statement 12
CREATE TYPE "dbo"."crm_membershipIdType" AS TABLE (
    "Id" uniqueidentifier NULL
);

-- statement 13
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

-- statement 14
ALTER TABLE "dbo"."crm_membership" ADD "versionnumber" bigint NULL;

-- statement 15
ALTER TABLE "dbo"."crm_membership" ALTER COLUMN "versionnumber" bigint;

-- statement 16
ALTER TABLE "dbo"."crm_membership" ADD "versionnumber" bigint NULL;

-- statement 17
CREATE INDEX "IX[crm_membership].[versionnumber]" ON "dbo"."crm_membership" ("versionnumber");
