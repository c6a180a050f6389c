-- index
CREATE INDEX "ix[crm_membership].[sinkmodifiedon]" ON "dbo"."crm_membership" ("sinkmodifiedon");

-- view
CREATE OR REPLACE VIEW "dbo"."crm_membership_view" AS
SELECT
    t."id" AS "id",
    t."sinkcreatedon" AS "sinkcreatedon",
    t."sinkmodifiedon" AS "sinkmodifiedon",
    t."membershipid" AS "membershipid",
    t."teamid" AS "teamid",
    t."userid" AS "userid",
    t."versionnumber" AS "versionnumber"
FROM "dbo"."crm_membership" AS t;

-- view
COMMENT ON VIEW "dbo"."crm_membership_view" IS 'Made by DataExport,
    version e694190e7d5e387d. Changes made here are lost: make a view of your own.';
