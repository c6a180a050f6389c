-- create table
CREATE TABLE "dbo"."crm_membership" (
    "id" uuid NOT NULL,
    "sinkcreatedon" timestamp(3) without time zone,
    "sinkmodifiedon" timestamp(3) without time zone,
    "membershipid" uuid,
    "teamid" uuid,
    "userid" uuid,
    "versionnumber" bigint,
    CONSTRAINT "epk[dbo].[crm_membership]" PRIMARY KEY ("id")
) WITH (toast_tuple_target = 8160);

-- index of a set
CREATE INDEX "crm_membership_teamid" ON "dbo"."crm_membership" ("teamid");

-- index of a set
CREATE INDEX "crm_membership_userid" ON "dbo"."crm_membership" ("userid");

-- first state
INSERT INTO "dbo"."crm_tablesync" (EntityName, Phase, RowsDone, RowsTotal, IsResync, HighestVersion)
SELECT $1, 0, 0, 0, false, GREATEST(
    (SELECT MAX(VersionNumber) FROM "dbo"."crm_membership"),
    (SELECT MAX(VersionNumber) FROM "dbo"."crm_deletelog" WHERE EntityName = $1), 0)
WHERE NOT EXISTS (SELECT 1 FROM "dbo"."crm_tablesync" WHERE EntityName = $1);

-- held rows
SELECT k.n, t.* FROM unnest($1) WITH ORDINALITY AS k (Id, n) CROSS JOIN LATERAL (
    SELECT r.VersionNumber, NULL::timestamp, r.SinkModifiedOn FROM "dbo"."crm_membership" AS r
    WHERE r.Id = k.Id OFFSET 0) AS t;

-- delete rows
DELETE FROM "dbo"."crm_membership" WHERE Id = ANY ($1);

-- oldest questions
SELECT p.RecordId, p.Reason, p.QuestionNumber, p.AskedOn,
    CASE WHEN r.Id IS NOT NULL THEN r.SinkModifiedOn
    ELSE (
        SELECT d.SinkDeleteTime FROM "dbo"."crm_deletelog" AS d
        WHERE d.EntityName = p.EntityName AND d.RecordId = p.RecordId::text ORDER BY d.Id DESC LIMIT 1)
    END
FROM "dbo"."crm_pending" AS p LEFT JOIN LATERAL (
    SELECT t.Id, t.SinkModifiedOn FROM "dbo"."crm_membership" AS t WHERE t.Id = p.RecordId OFFSET 0) AS r ON true
WHERE p.EntityName = $1 AND p.QuestionNumber > $2 ORDER BY p.QuestionNumber LIMIT $3;

-- first rows that a resync did not meet
SELECT Id FROM "dbo"."crm_membership"
WHERE (SinkModifiedOn < $1 OR SinkModifiedOn IS NULL) ORDER BY Id LIMIT $2;

-- next rows that a resync did not meet
SELECT Id FROM "dbo"."crm_membership"
WHERE (SinkModifiedOn < $1 OR SinkModifiedOn IS NULL) AND Id > $3 ORDER BY Id LIMIT $2;

-- what is held
SELECT k.n, t.Id IS NOT NULL, t.VersionNumber,
    CASE WHEN t.Id IS NOT NULL THEN t.SinkModifiedOn
    ELSE (
        SELECT d.SinkDeleteTime FROM "dbo"."crm_deletelog" AS d
        WHERE d.EntityName = $2 AND d.RecordId = k.Id::text ORDER BY d.Id DESC LIMIT 1)
    END,
    p.IsAsked IS NOT NULL
FROM unnest($1) WITH ORDINALITY AS k (Id, n)
LEFT JOIN LATERAL (
    SELECT r.Id, r.VersionNumber, r.SinkModifiedOn FROM "dbo"."crm_membership" AS r
    WHERE r.Id = k.Id OFFSET 0) AS t ON true
LEFT JOIN LATERAL (
    SELECT true AS IsAsked FROM "dbo"."crm_pending" AS q
    WHERE q.EntityName = $2 AND q.RecordId = k.Id OFFSET 0) AS p ON true;

-- first ids
SELECT Id FROM "dbo"."crm_membership" ORDER BY Id LIMIT $1;

-- next ids
SELECT Id FROM "dbo"."crm_membership" WHERE Id > $2 ORDER BY Id LIMIT $1;

-- rows of other cells
SELECT Id, Places FROM (
    SELECT s."id" AS Id, array_remove(ARRAY[
        CASE WHEN t."membershipid" IS DISTINCT FROM s."membershipid" THEN 0 END,
        CASE WHEN t."teamid" IS DISTINCT FROM s."teamid" THEN 1 END,
        CASE WHEN t."userid" IS DISTINCT FROM s."userid" THEN 2 END]::integer[], NULL) AS Places
    FROM pg_temp.stage_1 AS s CROSS JOIN LATERAL (
        SELECT * FROM "dbo"."crm_membership" AS r
        WHERE r."id" = s."id" AND r."versionnumber" = s."versionnumber" OFFSET 0) AS t) AS d
WHERE cardinality(Places) > 0;

-- what a page looks for
SELECT date_trunc('milliseconds', clock_timestamp() AT TIME ZONE 'UTC'), Phase, HighestVersion, LastQuestion,
    NOT EXISTS (SELECT 1 FROM "dbo"."crm_deletelog" WHERE EntityName = $1)
        AND NOT EXISTS (SELECT 1 FROM "dbo"."crm_pending" WHERE EntityName = $1)
        AND NOT EXISTS (SELECT 1 FROM "dbo"."crm_membership" WHERE Id = ANY ($2)),
    EXISTS (
        SELECT 1 FROM unnest($2, $3) AS e (Id, Version)
        CROSS JOIN LATERAL (SELECT r.VersionNumber FROM "dbo"."crm_membership" AS r WHERE r.Id = e.Id OFFSET 0) AS t
        WHERE COALESCE(t.VersionNumber >= e.Version, true))
FROM "dbo"."crm_tablesync" WHERE EntityName = $1;

-- rows of a page over older ones
UPDATE "dbo"."crm_membership" AS t SET "sinkmodifiedon" = s."sinkmodifiedon",
    "membershipid" = s."membershipid",
    "teamid" = s."teamid",
    "userid" = s."userid",
    "versionnumber" = s."versionnumber"
FROM pg_temp.stage_1 AS s WHERE t."id" = s."id" AND t."versionnumber" < s."versionnumber" AND COALESCE(t."sinkmodifiedon" <= s."sinkmodifiedon" - interval '4 ms',
    true);

-- rows of a page that are new
INSERT INTO "dbo"."crm_membership" ("id",
    "sinkcreatedon",
    "sinkmodifiedon",
    "membershipid",
    "teamid",
    "userid",
    "versionnumber") SELECT "id",
    "sinkcreatedon",
    "sinkmodifiedon",
    "membershipid",
    "teamid",
    "userid",
    "versionnumber"
FROM pg_temp.stage_1 AS s
WHERE NOT EXISTS (SELECT 1 FROM "dbo"."crm_membership" AS t WHERE t.Id = s.Id OFFSET 0)
    AND (NOT EXISTS (SELECT 1 FROM "dbo"."crm_deletelog" WHERE EntityName = $1)
        OR NOT EXISTS (
            SELECT 1 FROM "dbo"."crm_deletelog" AS d
            WHERE d.EntityName = $1 AND d.RecordId = s.Id::text OFFSET 0));

-- copy new rows
COPY "dbo"."crm_membership" ("id",
    "sinkcreatedon",
    "sinkmodifiedon",
    "membershipid",
    "teamid",
    "userid",
    "versionnumber")
FROM STDIN (FORMAT BINARY);

-- stage
CREATE TEMPORARY TABLE pg_temp.stage_1 WITH (toast_tuple_target = 8160) ON COMMIT DELETE ROWS AS SELECT "id",
    "sinkcreatedon",
    "sinkmodifiedon",
    "membershipid",
    "teamid",
    "userid",
    "versionnumber",
    0::bigint AS "sent columns 0"
FROM "dbo"."crm_membership" WITH NO DATA;

-- copy whole rows
COPY pg_temp.stage_1 ("id",
    "sinkcreatedon",
    "sinkmodifiedon",
    "membershipid",
    "teamid",
    "userid",
    "versionnumber")
FROM STDIN (FORMAT BINARY);

-- write whole rows
UPDATE "dbo"."crm_membership" AS t SET "sinkmodifiedon" = s."sinkmodifiedon",
    "membershipid" = s."membershipid",
    "teamid" = s."teamid",
    "userid" = s."userid",
    "versionnumber" = s."versionnumber"
FROM pg_temp.stage_1 AS s WHERE t."id" = s."id";
