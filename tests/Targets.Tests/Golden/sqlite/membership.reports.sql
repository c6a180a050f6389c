-- index
CREATE INDEX "IX[crm_membership].[SinkModifiedOn]" ON "crm_membership" ("SinkModifiedOn");

-- view
CREATE VIEW "crm_membership_view" AS
-- Made by DataExport, version 525562cbe30f4086. Changes made here are lost: make a view of your own.
SELECT
    t."Id" AS "Id",
    t."SinkCreatedOn" AS "SinkCreatedOn",
    t."SinkModifiedOn" AS "SinkModifiedOn",
    t."membershipid" AS "membershipid",
    t."teamid" AS "teamid",
    t."userid" AS "userid",
    t."versionnumber" AS "versionnumber"
FROM "crm_membership" AS t;
