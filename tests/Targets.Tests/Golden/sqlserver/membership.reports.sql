-- index
CREATE INDEX "IX[crm_membership].[SinkModifiedOn]" ON "dbo"."crm_membership" ("SinkModifiedOn");

-- view
CREATE VIEW "dbo"."crm_membership_view" AS
-- Made by DataExport, version 9d42edb606d23a08. Changes made here are lost: make a view of your own.
SELECT
    t."Id" AS "Id",
    t."SinkCreatedOn" AS "SinkCreatedOn",
    t."SinkModifiedOn" AS "SinkModifiedOn",
    t."membershipid" AS "membershipid",
    t."teamid" AS "teamid",
    t."userid" AS "userid",
    t."versionnumber" AS "versionnumber"
FROM "dbo"."crm_membership" AS t;
